package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import org.explain4j.reports.page.Numbers;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.BitmapBackedSelection;
import tech.tablesaw.selection.Selection;

/** Choosing rows of tables. */
final class Rows {
  private Rows() {}

  /** The distinct texts of a column, in order of appearance. */
  static List<String> distinct(Table table, String column) {
    return List.copyOf(new LinkedHashSet<>(table.stringColumn(column).asList()));
  }

  /** The rows whose column has this text. */
  static Table where(Table table, String column, String text) {
    return where(table, row -> row.getString(column).equals(text));
  }

  /** The rows that fulfil a condition, in their order. */
  static Table where(Table table, Predicate<Row> condition) {
    Selection chosen = new BitmapBackedSelection();
    for (Row row : table) {
      if (condition.test(row)) {
        chosen.add(row.getRowNumber());
      }
    }
    return table.where(chosen);
  }

  /** Smallest and largest value of a column, as one text: the value itself if they agree. */
  static String range(Table table, String column, DoubleFunction<String> form) {
    List<Double> values = new ArrayList<>();
    for (double value : table.doubleColumn(column)) {
      if (!Double.isNaN(value)) {
        values.add(value);
      }
    }
    if (values.isEmpty()) {
      return Numbers.MISSING;
    }
    String low = form.apply(values.stream().mapToDouble(v -> v).min().orElseThrow());
    String high = form.apply(values.stream().mapToDouble(v -> v).max().orElseThrow());
    return low.equals(high) ? low : low + "–" + high;
  }
}
