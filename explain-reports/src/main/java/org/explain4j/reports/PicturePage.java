package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.Section;

/** A page of pictures with their explanations, without an experiment around them. */
public final class PicturePage {
  private static final String CAPTION =
      "Heat maps: sum over channels; vermillion speaks for the class, blue against it. Full colour"
          + " is at the size that 99.5 % of a map's values do not exceed; each map has a scale of"
          + " its own, so compare patterns, not strengths. Signals keep their colour channels, grey"
          + " being zero. A click opens the picture in full.";

  private PicturePage() {}

  /**
   * A picture, or one of its explained classes.
   *
   * @param details lines below it, such as its most probable classes
   * @param cells the picture itself, then one cell per method
   */
  public record Row(String title, List<String> details, List<Cell> cells) {
    public Row {
      details = List.copyOf(details);
      cells = List.copyOf(cells);
    }
  }

  /**
   * Writes the page, completely or not at all.
   *
   * @param network the name of what was explained
   * @param groups headings over the methods' columns
   * @param warnings what the reader must know first
   * @param notes what was done, in sentences
   * @param coarse whether the pictures have so few pixels that these should be visible
   */
  public static void write(
      Path target,
      String network,
      List<Block.GridGroup> groups,
      List<Row> rows,
      List<String> warnings,
      List<String> notes,
      boolean coarse)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    if (!warnings.isEmpty()) {
      blocks.add(new Block.Warnings(warnings));
    }
    blocks.add(
        new Block.Grid(
            groups,
            rows.stream()
                .map(row -> new Block.GridRow(row.title(), row.details(), row.cells()))
                .toList(),
            coarse,
            true,
            CAPTION));
    notes.forEach(note -> blocks.add(new Block.Paragraph(note)));
    Report.write(
        new Page(
            "Explanations of " + network,
            "Explain4J",
            List.of(
                new Section("pictures", "What speaks for the class, and what against", blocks))),
        target);
  }
}
