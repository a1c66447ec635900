package org.explain4j.reports.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.explain4j.network.files.WholeFile;
import org.explain4j.reports.charts.PictureGrid;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.pictures.ImageFile;

/**
 * Writes the figures of a page into files for papers: each chart and each grid of pictures as PNG
 * (300 dots per inch), SVG and PDF, each picture of a grid as PNG. The page links them, and needs
 * none of them.
 */
public final class FigureFiles {
  /** Pictures of a grid that have files: so many rows as fit. */
  private static final int MOST_PICTURES = 400;

  /** Rows of a grid in its drawing. */
  private static final int DRAWN_ROWS = 8;

  private static final byte[] NO_FILE = {};
  private static final int LONGEST = 80;
  private static final List<String> ENDINGS = List.of(".png", ".svg", ".pdf");

  private final Path folder;
  private final Set<Path> written = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private FigureFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the files, and deletes those in the folder that an earlier page had.
   *
   * @param folder beside the page's file
   * @return the page with links
   * @throws IOException if a file cannot be written; none is left then
   */
  public static Page write(Page page, Path folder) throws IOException {
    FigureFiles files = new FigureFiles(folder);
    try {
      List<Section> sections = new ArrayList<>();
      for (Section section : page.sections()) {
        sections.add(section.each(block -> files.linked(block, section.id())));
      }
      files.clear();
      return new Page(page.title(), page.subtitle(), sections);
    } catch (IOException e) {
      files.written.clear();
      try {
        files.clear();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private Block linked(Block block, String section) throws IOException {
    if (block instanceof Block.Figure figure) {
      List<Block.Panel> panels = new ArrayList<>();
      for (Block.Panel panel : figure.panels()) {
        String name = name(figure.file() + " " + panel.title());
        draw(name, panel.svg());
        panels.add(new Block.Panel(panel.title(), panel.svg(), link(name)));
      }
      return new Block.Figure(figure.file(), panels, figure.caption(), figure.numbers());
    }
    return block instanceof Block.Grid grid ? linked(grid, section) : block;
  }

  private Block linked(Block.Grid grid, String section) throws IOException {
    String name = name(section);
    List<String> columns = grid.groups().stream().flatMap(g -> g.columns().stream()).toList();
    int filed = Math.max(1, MOST_PICTURES / columns.size());
    List<Block.GridRow> rows = new ArrayList<>();
    for (int r = 0; r < grid.rows().size(); r++) {
      Block.GridRow row = grid.rows().get(r);
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < row.cells().size(); i++) {
        Cell cell = row.cells().get(i);
        String title = i == 0 ? "image" : columns.get(i - 1);
        byte[] file = r < filed ? file(cell) : NO_FILE;
        cells.add(linked(cell, file, name, (r + 1) + " " + title));
      }
      rows.add(row.with(cells));
    }
    draw(name, PictureGrid.svg(grid, DRAWN_ROWS));
    return grid.with(rows).with(link(name));
  }

  private static byte[] file(Cell cell) throws IOException {
    return cell.full().isEmpty()
        ? NO_FILE
        : ImageFile.png(
            ImageFile.enlarged(cell.full().get().image(), ImageFile.LARGE),
            ImageFile.DOTS_PER_INCH);
  }

  private Cell linked(Cell cell, byte[] file, String grid, String title) throws IOException {
    if (file.length == 0) {
      return cell;
    }
    String name = free(grid + "/" + plain(title));
    write(name + ".png", file);
    return new Cell(cell.image(), cell.text(), link(name) + ".png", cell.full());
  }

  private void draw(String name, String svg) throws IOException {
    Drawing drawing = Drawing.of(svg);
    write(name + ".png", drawing.pngFile());
    write(name + ".svg", drawing.svgFile());
    write(name + ".pdf", drawing.pdfFile());
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    WholeFile.write(file, out -> out.write(bytes));
    written.add(file);
  }

  private String link(String name) {
    return folder.getFileName() + "/" + name;
  }

  private String name(String text) {
    return free(plain(text));
  }

  /** A name that any disk takes, from a text that may hold anything. */
  private static String plain(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.isEmpty() ? "figure" : plain.substring(0, Math.min(LONGEST, plain.length()));
  }

  /** A name that no other file has. */
  private String free(String name) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  /** Deletes figures that this page does not have; what else is in the folder stays. */
  private void clear() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        boolean ours = ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith);
        if (ours && !written.contains(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
