package org.explain4j.reports.sections;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.explain4j.reports.page.Numbers;

/** Choosing rows of a table, and what they have in common. */
final class RowSelection {
  private RowSelection() {}

  /** The distinct values of a column, in order of appearance. */
  static <R, T> List<T> distinct(List<R> rows, Function<R, T> column) {
    return rows.stream().map(column).distinct().toList();
  }

  /** The rows that fulfil a condition, in their order. */
  static <R> List<R> where(List<R> rows, Predicate<R> condition) {
    return rows.stream().filter(condition).toList();
  }

  /** The rows whose column has this value. */
  static <R, T> List<R> where(List<R> rows, Function<R, T> column, T value) {
    return where(rows, row -> column.apply(row).equals(value));
  }

  /** Smallest and largest value of a column, as one text: the value itself if they agree. */
  static <R> String range(List<R> rows, ToDoubleFunction<R> column, DoubleFunction<String> form) {
    double[] values =
        rows.stream().mapToDouble(column).filter(value -> !Double.isNaN(value)).toArray();
    if (values.length == 0) {
      return Numbers.MISSING;
    }
    String low = form.apply(Arrays.stream(values).min().orElseThrow());
    String high = form.apply(Arrays.stream(values).max().orElseThrow());
    return low.equals(high) ? low : low + "–" + high;
  }
}
