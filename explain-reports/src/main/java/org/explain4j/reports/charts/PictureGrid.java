package org.explain4j.reports.charts;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.transform.TransformerException;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.ShortName;
import org.explain4j.reports.pictures.ImageFile;
import org.w3c.dom.Element;

/** A grid of pictures as one drawing: images in rows, methods in columns under their groups. */
public final class PictureGrid {
  /** A side of a picture, in CSS pixels. */
  private static final int CELL = 96;

  /** The same in pixels, of pictures that are not coarse: what draws them for print scales them. */
  private static final int DOTS = 200;

  private static final int GAP = 6;
  private static final int BETWEEN_GROUPS = 16;
  private static final int MARGIN = 8;
  private static final int ASCENT = 11;

  private final Block.Grid grid;
  private final Element svg = ThemedSvg.empty();

  private PictureGrid(Block.Grid grid) {
    this.grid = grid;
  }

  /**
   * The first rows of a grid as an SVG element.
   *
   * @param most rows; the others are left out
   * @throws IOException if a picture cannot be read
   */
  public static String svg(Block.Grid grid, int most) throws IOException {
    return new PictureGrid(grid).drawn(Math.min(most, grid.rows().size()));
  }

  private String drawn(int rows) throws IOException {
    List<Double> lefts = lefts();
    double top = MARGIN + heads(lefts);
    for (Block.GridRow row : grid.rows().subList(0, rows)) {
      double bottom = top + CELL;
      for (int i = 0; i < row.cells().size(); i++) {
        picture(row.cells().get(i), lefts.get(i), top);
      }
      for (String detail : row.details()) {
        bottom = words(detail, lefts.get(0), bottom);
      }
      top = bottom + GAP;
    }
    double width = lefts.get(lefts.size() - 1) + CELL + MARGIN;
    svg.setAttribute("viewBox", "0 0 " + Words.coordinate(width) + " " + Words.coordinate(top));
    try {
      return ThemedSvg.write(svg);
    } catch (TransformerException e) {
      throw new IllegalStateException(e); // into memory
    }
  }

  /** Where each column begins, that of the images first. */
  private List<Double> lefts() {
    List<Double> lefts = new ArrayList<>();
    double x = MARGIN;
    lefts.add(x);
    for (Block.GridGroup group : grid.groups()) {
      x += BETWEEN_GROUPS - GAP;
      for (int i = 0; i < group.columns().size(); i++) {
        x += CELL + GAP;
        lefts.add(x);
      }
    }
    return lefts;
  }

  /** Writes groups and methods over their columns; returns the height that they take. */
  private double heads(List<Double> lefts) {
    List<List<String>> titles = new ArrayList<>();
    int at = 1;
    for (Block.GridGroup group : grid.groups()) {
      double wide = group.columns().size() * (CELL + GAP) - GAP;
      Words.heading(svg, Words.fitted(group.title(), wide), lefts.get(at), MARGIN + ASCENT);
      String rule = "M" + Words.coordinate(lefts.get(at)) + "," + (MARGIN + Words.LINE + 1);
      ThemedSvg.element(
          svg,
          "path",
          Map.of("d", rule + "h" + Words.coordinate(wide), "style", "stroke:var(--ink)"));
      group.columns().forEach(column -> titles.add(Words.wrapped(ShortName.of(column), CELL)));
      at += group.columns().size();
    }
    int most = titles.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < titles.size(); i++) {
      double y = MARGIN + (1 + most - titles.get(i).size()) * Words.LINE + ASCENT + 2 * GAP;
      for (String line : titles.get(i)) {
        Words.name(svg, line, lefts.get(i + 1), y);
        y += Words.LINE;
      }
    }
    return (1 + most) * Words.LINE + 3 * GAP;
  }

  private void picture(Cell cell, double left, double top) throws IOException {
    if (cell.image().isEmpty()) {
      words(cell.text(), left, top);
    } else if (grid.coarse() && cell.full().isPresent()) {
      // Squares of a few pixels: sharp enough whatever draws them, and quick to write into a PDF.
      BufferedImage squares = ImageFile.enlarged(cell.full().get().image(), CELL);
      String image = ImageFile.PNG.dataUri(squares);
      image(image, squares.getWidth(), squares.getHeight(), left, top);
    } else {
      image(cell.image(), DOTS, DOTS, left, top);
    }
  }

  /** Draws an image, of so many pixels, in the middle of a cell. */
  private void image(String image, int width, int height, double left, double top) {
    double scale = CELL / (double) Math.max(width, height);
    Map<String, String> place = new LinkedHashMap<>();
    place.put("width", Integer.toString(width));
    place.put("height", Integer.toString(height));
    String x = Words.coordinate(left + (CELL - scale * width) / 2);
    String y = Words.coordinate(top + (CELL - scale * height) / 2);
    place.put("transform", "translate(" + x + " " + y + ") scale(" + scale + ")");
    if (grid.coarse()) {
      place.put("style", "image-rendering:pixelated");
    }
    place.put("href", image);
    ThemedSvg.element(svg, "image", place);
  }

  /** Writes a text below a height; returns where it ends. */
  private double words(String text, double left, double top) {
    double y = top;
    for (String line : Words.wrapped(text, CELL)) {
      Words.name(svg, line, left, y + ASCENT + 2);
      y += Words.LINE;
    }
    return y;
  }
}
