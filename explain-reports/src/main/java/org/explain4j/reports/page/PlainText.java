package org.explain4j.reports.page;

import java.util.ArrayList;
import java.util.List;

/** The tables of a page as aligned text for a terminal. */
public final class PlainText {
  private static final int WIDEST = 40;

  private PlainText() {}

  /** All paragraphs, and tables that are not folded, under their sections' titles. */
  public static String of(List<Section> sections) {
    StringBuilder text = new StringBuilder();
    for (Section section : sections) {
      text.append(section.title()).append(System.lineSeparator());
      for (Block block : section.blocks()) {
        if (block instanceof Block.Table table && !table.folded()) {
          append(text, table);
        } else if (block instanceof Block.Paragraph paragraph) {
          text.append("  ").append(paragraph.text()).append(System.lineSeparator());
        }
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Block.Table table) {
    if (table.rows().isEmpty()) {
      text.append("  none").append(System.lineSeparator());
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(table.columns().stream().map(Block.Column::name).toList());
    lines.addAll(table.rows());
    int[] widths = new int[table.columns().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], shortened(line.get(i)).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder(" ");
      for (int i = 0; i < widths.length; i++) {
        String cell = shortened(line.get(i));
        String padding = " ".repeat(widths[i] - cell.length());
        row.append(' ').append(table.columns().get(i).number() ? padding + cell : cell + padding);
        row.append(' ');
      }
      text.append(row.toString().stripTrailing()).append(System.lineSeparator());
    }
  }

  private static String shortened(String cell) {
    String line = cell.replace('\n', ' ');
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }
}
