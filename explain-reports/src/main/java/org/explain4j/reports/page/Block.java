package org.explain4j.reports.page;

import java.util.List;

/** What a section consists of. Texts are plain; the templates escape them. */
public sealed interface Block {

  /** A paragraph. */
  record Paragraph(String text) implements Block {}

  /** A heading within a section. */
  record Heading(String text) implements Block {}

  /** Something the reader must not overlook. */
  record Warning(String text) implements Block {}

  /** Short statements. */
  record Facts(List<Fact> facts) implements Block {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /** A statement and what it is about. */
  record Fact(String about, String text) {}

  /**
   * Charts side by side under one caption.
   *
   * @param file name for downloads, without ending
   */
  record Figure(String file, List<Panel> panels, String caption) implements Block {
    public Figure {
      panels = List.copyOf(panels);
    }
  }

  /** A chart of a figure: an SVG element of our own making, and a heading that may be empty. */
  record Panel(String title, String svg) {}

  /**
   * A table.
   *
   * @param folded whether it is shown only when asked for
   */
  record Table(String caption, List<Column> columns, List<List<String>> rows, boolean folded)
      implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }

    Block noting(String remark) {
      return new Table(caption + " " + remark, columns, rows, folded);
    }
  }

  /** A table's column; numbers are aligned to the right. */
  record Column(String name, boolean number) {}

  /**
   * Images in rows.
   *
   * @param groups headings over the columns of methods
   * @param coarse whether the images are so small that their pixels should be visible
   * @param large whether the images are shown large enough to be looked at one by one
   */
  record Grid(
      List<GridGroup> groups, List<GridRow> rows, boolean coarse, boolean large, String caption)
      implements Block {
    public Grid {
      groups = List.copyOf(groups);
      rows = List.copyOf(rows);
    }
  }

  /** Columns that belong together. */
  record GridGroup(String title, List<String> columns) {
    public GridGroup {
      columns = List.copyOf(columns);
    }
  }

  /** An image with its explanations. */
  record GridRow(String title, List<String> details, List<Cell> cells) {
    public GridRow {
      details = List.copyOf(details);
      cells = List.copyOf(cells);
    }
  }

  /**
   * A picture.
   *
   * @param image data URI, or empty if there is none
   * @param text what it shows, or why there is none
   * @param link to the picture in full; empty if there is none
   */
  record Cell(String image, String text, String link) {

    /** A picture without a link. */
    public Cell(String image, String text) {
      this(image, text, "");
    }
  }

  /** The text of a file, unchanged. */
  record Verbatim(String title, String text, boolean folded) implements Block {}
}
