package org.explain4j.reports.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.Band;

/** The numbers that charts show, as a table behind them: a column for each line. */
public final class ChartNumbers {
  private ChartNumbers() {}

  /**
   * A folded table of charts that have the same categories, or abscissas of the same kind. Lines
   * that are in several of them, such as a baseline, have one column.
   *
   * @param what the charts show, as {@code ρ per layer}
   * @param rows what categories or abscissas are, as {@code layer}
   */
  public static Block.Table of(String what, String rows, List<Chart> charts) {
    List<String> categories = charts.isEmpty() ? List.of() : charts.get(0).categories();
    List<Line> lines = new ArrayList<>();
    for (Chart chart : charts) {
      chart.lines().stream().filter(line -> isNew(line, lines)).forEach(lines::add);
    }
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column(rows, categories.isEmpty()));
    lines.forEach(line -> columns.add(new Block.Column(line.name(), true)));
    List<List<String>> cells = new ArrayList<>();
    if (categories.isEmpty()) {
      for (double x : abscissas(lines)) {
        List<String> row = new ArrayList<>(List.of(Words.number(x)));
        lines.forEach(line -> row.add(at(line, Arrays.binarySearch(line.x(), x))));
        cells.add(row);
      }
    } else {
      for (int i = 0; i < categories.size(); i++) {
        List<String> row = new ArrayList<>(List.of(categories.get(i)));
        for (Line line : lines) {
          row.add(at(line, i));
        }
        cells.add(row);
      }
    }
    String bars =
        lines.stream().anyMatch(line -> line.low().length > 0)
            ? " In brackets: the ends of bands and bars."
            : "";
    return new Block.Table("The numbers of " + what + "." + bars, columns, cells, true);
  }

  private static boolean isNew(Line line, List<Line> others) {
    return others.stream()
        .noneMatch(o -> o.name().equals(line.name()) && Arrays.equals(o.y(), line.y()));
  }

  private static Set<Double> abscissas(List<Line> lines) {
    Set<Double> abscissas = new TreeSet<>();
    lines.forEach(line -> Arrays.stream(line.x()).forEach(abscissas::add));
    return abscissas;
  }

  private static String at(Line line, int point) {
    if (point < 0 || point >= line.y().length) {
      return Numbers.MISSING;
    }
    boolean banded = line.low().length > 0;
    return Numbers.interval(
        new Band(
            line.y()[point],
            banded ? line.low()[point] : Double.NaN,
            banded ? line.high()[point] : Double.NaN));
  }
}
