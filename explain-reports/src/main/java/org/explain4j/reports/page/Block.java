package org.explain4j.reports.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a section consists of. Texts are plain; the templates escape them. */
public sealed interface Block {

  /**
   * The same with every block in it changed; blocks that hold others change what they hold.
   *
   * @throws IOException if a change throws it
   */
  default Block each(Change change) throws IOException {
    return change.of(this);
  }

  /**
   * Likewise for several.
   *
   * @throws IOException if a change throws it
   */
  static List<Block> each(List<Block> blocks, Change change) throws IOException {
    List<Block> changed = new ArrayList<>();
    for (Block block : blocks) {
      changed.add(block.each(change));
    }
    return changed;
  }

  /** A paragraph. */
  record Paragraph(String text) implements Block {}

  /** What a page is about, in a sentence or two before everything else. */
  record Question(String text) implements Block {}

  /** Sentences that answer it. */
  record Answers(List<String> sentences) implements Block {
    public Answers {
      sentences = List.copyOf(sentences);
    }
  }

  /** A heading within a section. */
  record Heading(String text) implements Block {}

  /** What the reader must not overlook. */
  record Warnings(List<String> texts) implements Block {
    public Warnings {
      texts = List.copyOf(texts);
    }

    /** How many are shown; the page folds the others, lest a phone show nothing else. */
    public int shown() {
      return Math.min(2, texts.size());
    }
  }

  /** Blocks side by side where there is room. */
  record Columns(List<Block> left, List<Block> right) implements Block {
    public Columns {
      left = List.copyOf(left);
      right = List.copyOf(right);
    }

    @Override
    public Block each(Change change) throws IOException {
      return new Columns(Block.each(left, change), Block.each(right, change));
    }
  }

  /** Blocks of which one is shown at a time. */
  record Tabs(String name, List<Tab> tabs) implements Block {
    public Tabs {
      tabs = List.copyOf(tabs);
    }

    @Override
    public Block each(Change change) throws IOException {
      List<Tab> changed = new ArrayList<>();
      for (Tab tab : tabs) {
        changed.add(new Tab(tab.title(), Block.each(tab.blocks(), change)));
      }
      return new Tabs(name, changed);
    }
  }

  /** One of several that share their place. */
  record Tab(String title, List<Block> blocks) {
    public Tab {
      blocks = List.copyOf(blocks);
    }
  }

  /** Blocks that are shown when asked for. */
  record Folded(String title, List<Block> blocks) implements Block {
    public Folded {
      blocks = List.copyOf(blocks);
    }

    @Override
    public Block each(Change change) throws IOException {
      return new Folded(title, Block.each(blocks, change));
    }
  }

  /**
   * Pictures in a row.
   *
   * @param coarse whether the pictures are so small that their pixels should be visible
   */
  record Strip(List<StripItem> items, boolean coarse, String caption) implements Block {
    public Strip {
      items = List.copyOf(items);
    }
  }

  /** A picture of a strip: a heading over it, what it is called, and what it shows. */
  record StripItem(String heading, String label, Cell cell) {}

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
   * @param numbers that the charts show
   */
  record Figure(String file, List<Panel> panels, String caption, Numbered numbers)
      implements Block {
    public Figure {
      panels = List.copyOf(panels);
    }

    /** The same with other numbers. */
    public Figure with(Numbered others) {
      return new Figure(file, panels, caption, others);
    }
  }

  /**
   * A chart of a figure.
   *
   * @param title may be empty
   * @param svg an SVG element of our own making
   * @param files the path of its files without their endings; empty if there are none
   */
  record Panel(String title, String svg, String files) {
    /** One without files. */
    public Panel(String title, String svg) {
      this(title, svg, "");
    }
  }

  /** Where the numbers behind a figure's charts are: in a table with it, or in a section. */
  sealed interface Numbered permits Table, Elsewhere {}

  /**
   * In a section of the page.
   *
   * @param section its id
   * @param text what is there
   */
  record Elsewhere(String section, String text) implements Numbered {}

  /**
   * A table.
   *
   * @param folded whether it is shown only when asked for
   * @param marks beside cells
   */
  record Table(
      String caption,
      List<Column> columns,
      List<List<String>> rows,
      boolean folded,
      List<Mark> marks)
      implements Block, Numbered {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      marks = List.copyOf(marks);
    }

    /** A table without marks. */
    public Table(String caption, List<Column> columns, List<List<String>> rows, boolean folded) {
      this(caption, columns, rows, folded, List.of());
    }

    /** The same with a remark in its caption. */
    public Table noting(String remark) {
      return new Table(caption + " " + remark, columns, rows, folded, marks);
    }

    /** The first sentence of its caption, without the stop. */
    public String title() {
      return caption.split("(?<=[^.])[.:] |\\.$", 2)[0];
    }

    /** The mark of a cell, if it has one. */
    public Optional<Mark> mark(int row, int column) {
      return marks.stream()
          .filter(mark -> mark.row() == row && mark.column() == column)
          .findFirst();
    }
  }

  /** A sign beside a table's cell, and what it means. */
  record Mark(int row, int column, String sign, String meaning) {}

  /** A table's column; numbers are aligned to the right. */
  record Column(String name, boolean number, Shade shade) {
    /** One that is not shaded. */
    public Column(String name, boolean number) {
      this(name, number, Shade.NONE);
    }
  }

  /**
   * Images in rows.
   *
   * @param groups headings over the columns of methods
   * @param coarse whether the images are so small that their pixels should be visible
   * @param large whether the images are shown large enough to be looked at one by one
   * @param files as of a {@link Panel}
   */
  record Grid(
      List<GridGroup> groups,
      List<GridRow> rows,
      boolean coarse,
      boolean large,
      String caption,
      String files)
      implements Block {
    /** One without files. */
    public Grid(
        List<GridGroup> groups, List<GridRow> rows, boolean coarse, boolean large, String caption) {
      this(groups, rows, coarse, large, caption, "");
    }

    /** The same with other rows. */
    public Grid with(List<GridRow> others) {
      return new Grid(groups, others, coarse, large, caption, files);
    }

    /** The same with files. */
    public Grid with(String path) {
      return new Grid(groups, rows, coarse, large, caption, path);
    }

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

  /**
   * An image with its explanations.
   *
   * @param category that readers may choose rows by, such as the image's class; empty for none
   * @param outcome likewise, such as right or wrong
   */
  record GridRow(
      String title, List<String> details, List<Cell> cells, String category, String outcome) {
    /** One without anything to choose it by. */
    public GridRow(String title, List<String> details, List<Cell> cells) {
      this(title, details, cells, "", "");
    }

    /** The same with other cells. */
    public GridRow with(List<Cell> others) {
      return new GridRow(title, details, others, category, outcome);
    }

    public GridRow {
      details = List.copyOf(details);
      cells = List.copyOf(cells);
    }
  }

  /** The text of a file, unchanged. */
  record Verbatim(String title, String text, boolean folded) implements Block {}
}
