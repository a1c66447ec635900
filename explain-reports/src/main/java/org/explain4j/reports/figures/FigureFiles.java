package org.explain4j.reports.figures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  private static final int LONGEST = 80;
  private static final List<String> ENDINGS = List.of(".png", ".svg", ".pdf");

  /** Makes a file's bytes, which takes its time: that is done on all cores. */
  private interface Drawn {
    byte[] bytes() throws IOException;
  }

  private final Path folder;
  private final Map<Path, Drawn> drawn = new LinkedHashMap<>();
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
    List<Section> sections = new ArrayList<>();
    for (Section section : page.sections()) {
      sections.add(section.each(block -> files.linked(block, section.id())));
    }
    // A stream that fails does not wait for files that are being written: all end, then they go.
    List<IOException> failures =
        List.copyOf(files.drawn.entrySet()).parallelStream()
            .flatMap(file -> FigureFiles.failure(file).stream())
            .toList();
    if (!failures.isEmpty()) {
      IOException failure = failures.get(0);
      try {
        delete(folder);
      } catch (IOException again) {
        failure.addSuppressed(again);
      }
      throw failure;
    }
    files.clear();
    return new Page(page.title(), page.subtitle(), sections);
  }

  /**
   * Deletes the files of an earlier page.
   *
   * @throws IOException if one stays
   */
  public static void delete(Path folder) throws IOException {
    new FigureFiles(folder).clear();
  }

  /** Why a file cannot be written. */
  private static Optional<IOException> failure(Map.Entry<Path, Drawn> file) {
    try {
      byte[] bytes = file.getValue().bytes();
      WholeFile.write(file.getKey(), out -> out.write(bytes));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } catch (UncheckedIOException e) {
      return Optional.of(e.getCause());
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
        boolean hasFile = r < filed && cell.full().isPresent();
        cells.add(hasFile ? linked(cell, name + "/" + plain((r + 1) + " " + title)) : cell);
      }
      rows.add(row.with(cells));
    }
    draw(name, PictureGrid.svg(grid, DRAWN_ROWS));
    return grid.with(rows).with(link(name));
  }

  private Cell linked(Cell cell, String title) {
    String name = free(title);
    add(
        name + ".png",
        () ->
            ImageFile.png(
                ImageFile.enlarged(cell.full().orElseThrow().image(), ImageFile.LARGE),
                ImageFile.DOTS_PER_INCH));
    return new Cell(cell.image(), cell.text(), link(name) + ".png", cell.full());
  }

  private void draw(String name, String svg) {
    Drawing drawing = Drawing.of(svg);
    add(name + ".png", drawing::pngFile);
    add(name + ".svg", drawing::svgFile);
    add(name + ".pdf", drawing::pdfFile);
  }

  private void add(String name, Drawn bytes) {
    drawn.put(folder.resolve(name), bytes);
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
        if (ours && !drawn.containsKey(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
