package org.explain4j.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.explain4j.reports.page.Block;
import org.junit.jupiter.api.Test;

class ChartNumbersTest {
  private static Chart chart(List<String> categories, Line... lines) {
    return new Chart(
        "name",
        Chart.Axis.of("x"),
        Chart.Axis.of("y"),
        categories,
        List.of(lines),
        Chart.Size.PANEL);
  }

  private static Line banded(String name, double[] x, double... y) {
    double[] low = java.util.Arrays.stream(y).map(v -> v - .5).toArray();
    double[] high = java.util.Arrays.stream(y).map(v -> v + .5).toArray();
    return new Line(name, x, y, low, high, Line.Look.of(0));
  }

  @Test
  void curvesOfSeveralChartsShareTheirAbscissas() {
    Line baseline =
        Line.of("random order", new double[] {0, 1}, new double[] {9, 8}, Line.Look.of(3));
    Block.Table table =
        ChartNumbers.of(
            "curves",
            "patches",
            List.of(
                chart(List.of(), banded("a", new double[] {0, 1}, 1, 2), baseline),
                chart(List.of(), banded("b", new double[] {1, 2}, 3, 4), baseline)));
    assertThat(table.columns())
        .extracting(Block.Column::name)
        .containsExactly("patches", "a", "random order", "b");
    assertThat(table.rows())
        .containsExactly(
            List.of("0", "1.000 [0.500, 1.500]", "9.000", "n/a"),
            List.of("1", "2.000 [1.500, 2.500]", "8.000", "3.000 [2.500, 3.500]"),
            List.of("2", "n/a", "n/a", "4.000 [3.500, 4.500]"));
    assertThat(table.folded()).isTrue();
    assertThat(table.title()).isEqualTo("The numbers of curves");
  }

  @Test
  void categoriesAreRowsAndMissingValuesAreSaid() {
    Block.Table table =
        ChartNumbers.of(
            "ρ",
            "layer",
            List.of(
                chart(
                    List.of("conv1", "conv2"),
                    Line.of("linear", new double[] {1, Double.NaN}, Line.Look.of(0)))));
    assertThat(table.rows()).containsExactly(List.of("conv1", "1.000"), List.of("conv2", "n/a"));
  }

  @Test
  void linesThatCoincideAreOneColumnWithBothNames() {
    Block.Table table =
        ChartNumbers.of(
            "ρ",
            "layer",
            List.of(
                chart(
                    List.of("conv1", "conv2"),
                    Line.of("a", new double[] {1, 2}, Line.Look.of(0)),
                    Line.of("b", new double[] {1, 2}, Line.Look.of(1)))));
    assertThat(table.columns()).extracting(Block.Column::name).containsExactly("layer", "a = b");
  }
}
