package org.explain4j.reports.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw tables as blocks of a page. */
public final class Tables {
  private static final Set<String> SECONDS = Set.of("seconds", "bind_seconds");
  private static final Set<String> COUNTS =
      Set.of(
          "d",
          "n_a",
          "n_b",
          "n_c",
          "neurons",
          "included",
          "compared",
          "steps",
          "images",
          "missing",
          "parameters");
  private static final Set<String> RHO =
      Set.of(
          "mean",
          "images_low",
          "images_high",
          "neurons_low",
          "neurons_high",
          "mean_included",
          "mean_all",
          "median",
          "q05",
          "q25",
          "q75",
          "q95",
          "mean_fitted");
  private static final String YES_NO = "converged"; // 1 or 0
  private static final Map<String, String> TITLES =
      Map.of(
          "d_over_n", "d / n",
          "p_value", "p",
          "n_a", "n_A",
          "n_b", "n_B",
          "n_c", "n_C");

  private Tables() {}

  /** A table that is always shown. */
  public static Block.Table of(String caption, Table table) {
    return new Block.Table(caption, columns(table), rows(table), false);
  }

  /** A table that is shown when asked for. */
  public static Block.Table folded(String caption, Table table) {
    return new Block.Table(caption, columns(table), rows(table), true);
  }

  private static List<Block.Column> columns(Table table) {
    return table.columns().stream()
        .map(column -> new Block.Column(title(column.name()), isNumber(column)))
        .toList();
  }

  private static boolean isNumber(Column<?> column) {
    return column instanceof NumberColumn && !column.name().equals(YES_NO);
  }

  private static String title(String name) {
    return TITLES.getOrDefault(name, name.replace('_', ' '));
  }

  private static List<List<String>> rows(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (Column<?> column : table.columns()) {
        cells.add(cell(column, row));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String cell(Column<?> column, int row) {
    if (!(column instanceof NumberColumn<?, ?> numbers)) {
      return column.getString(row);
    }
    double value = numbers.getDouble(row);
    if (column.name().equals(YES_NO)) {
      return Double.isNaN(value) ? Numbers.MISSING : value == 0 ? "no" : "yes";
    }
    if (SECONDS.contains(column.name())) {
      return Numbers.seconds(value);
    }
    if (column.name().equals("p_value")) {
      return Numbers.pValue(value);
    }
    if (RHO.contains(column.name())) {
      return Numbers.decimals(value);
    }
    return COUNTS.contains(column.name()) ? Numbers.count(value) : Numbers.measured(value);
  }
}
