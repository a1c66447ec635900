package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** A table of a run, beside what its columns should say; each column must have a say. */
final class TwinTable<R extends Record> {
  static final double TOLERANCE = 1e-5;

  /** What no twin can know: how long something took. */
  private static final Map<String, Set<String>> TIMES =
      Map.of(
          "signal-quality.csv", Set.of("seconds"),
          "explainers.csv", Set.of("bind_seconds", "seconds"),
          "timings.csv", Set.of("seconds", "reused"));

  /** A number that rounding may put anywhere between two. */
  record Between(double least, double most) {
    /** As close to one of some numbers as others have to be; NaN if they are. */
    static Between around(double... numbers) {
      return new Between(
          Arrays.stream(numbers).min().orElseThrow() - TOLERANCE,
          Arrays.stream(numbers).max().orElseThrow() + TOLERANCE);
    }

    private boolean holds(double number) {
      return Double.isNaN(least) ? Double.isNaN(number) : least <= number && number <= most;
    }
  }

  private final RunTable<R> table;
  private final List<R> rows;
  private final List<String> wrong = new ArrayList<>();
  private int numbers;
  private int checked;
  private double worst;

  TwinTable(RunDirectory run, RunTable<R> table) throws IOException {
    this.table = table;
    this.rows = run.rows(table);
    assertThat(run.text(table.file()).orElseThrow().lines().findFirst())
        .hasValue(String.join(",", table.columns()));
  }

  List<R> rows() {
    return rows;
  }

  /** Compares a row; {@code expected} has a word, a number or bounds for each column. */
  void check(R row, Map<String, ?> expected) {
    Set<String> columns = new HashSet<>(table.columns());
    columns.removeAll(TIMES.getOrDefault(table.file(), Set.of()));
    assertThat(expected.keySet()).as("columns of " + table).isEqualTo(columns);
    List<String> fields = table.fields(row);
    expected.forEach(
        (column, value) -> check(row, column, fields.get(table.columns().indexOf(column)), value));
    checked++;
  }

  private void check(R row, String column, String field, Object expected) {
    boolean right;
    if (expected instanceof Double number) {
      right = close(number(field), number);
      numbers++;
    } else if (expected instanceof Between between) {
      right = between.holds(number(field));
      numbers++;
    } else {
      right = field.equals(String.valueOf(expected));
    }
    if (!right) {
      wrong.add("%s: %s, not %s, in %s".formatted(column, field, expected, row));
    }
  }

  private boolean close(double actual, double expected) {
    if (Double.isNaN(actual) || Double.isNaN(expected)) {
      return Double.isNaN(actual) && Double.isNaN(expected);
    }
    double distance = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    worst = Math.max(worst, distance);
    return distance <= TOLERANCE;
  }

  private static double number(String field) {
    return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
  }

  /**
   * At the end: every row was compared, nothing differs, and no row is missing or there twice.
   *
   * @param expected number of rows, known apart from the table
   * @return what was compared, in words
   */
  String finish(long expected) {
    assertThat(wrong).as("%d differ in %s", wrong.size(), table).isEmpty();
    assertThat(checked).as("rows compared of " + table).isEqualTo(rows.size());
    assertThat(rows).as("rows of " + table).hasSize(Math.toIntExact(expected));
    assertThat(rows.stream().map(table::fields)).doesNotHaveDuplicates();
    return "%d rows, %d numbers, the largest difference %.1e".formatted(checked, numbers, worst);
  }
}
