package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.ChartNumbers;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunDirectory;

/**
 * Mean rho per layer of several runs in one chart: a colour for each estimator, dashes for runs.
 */
public final class RhoLines {
  private RhoLines() {}

  /**
   * Of the target and solver that the first run begins with; empty if rho was not measured in two.
   *
   * @throws IOException if a file is damaged
   */
  public static Optional<Block> of(List<RunDirectory> runs, List<String> names) throws IOException {
    List<LayerRho> first = runs.get(0).signalQuality();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    LayerRho.Task task = first.get(0).task();
    Set<String> layers = new LinkedHashSet<>();
    List<Line> lines = new ArrayList<>();
    List<List<LayerRho>> parts = new ArrayList<>();
    for (RunDirectory run : runs) {
      List<LayerRho> part =
          SignalQualitySection.of(run.signalQuality(), task.solver(), task.target());
      part.forEach(row -> layers.add(row.task().layer()));
      parts.add(part);
    }
    List<String> ordered = List.copyOf(layers);
    List<LayerRho> all = parts.stream().flatMap(List::stream).toList();
    for (String estimator : RowSelection.distinct(all, row -> row.task().estimator())) {
      List<double[]> means = parts.stream().map(part -> means(part, estimator, ordered)).toList();
      boolean same = means.stream().allMatch(each -> Arrays.equals(each, means.get(0)));
      for (int i = 0; i < (same ? 1 : parts.size()); i++) {
        if (LayerMeans.present(means.get(i))) {
          String name = same ? estimator : estimator + " in " + names.get(i);
          Line.Look look = Line.Look.ofMethod(estimator.split(" ", 2)[0], i);
          lines.add(Line.of(name, means.get(i), look));
        }
      }
    }
    if (parts.stream().filter(part -> !part.isEmpty()).count() < 2 || lines.isEmpty()) {
      return Optional.empty();
    }
    Chart chart =
        new Chart(
            "Mean rho per layer of each run",
            Chart.Axis.of(""),
            new Chart.Axis("mean ρ on split C", 0, 1.05),
            ordered,
            lines,
            Chart.Size.forLabels(ordered.size()));
    String caption =
        "Mean ρ per layer, target "
            + task.target()
            + ", solver "
            + task.solver()
            + "; a line that names no run is the same in all. The table below has all targets and solvers.";
    return Optional.of(
        new Block.Figure(
            "rho-of-runs",
            List.of(new Block.Panel("", chart.svg())),
            caption,
            ChartNumbers.of("mean ρ per layer of each run", "layer", List.of(chart))));
  }

  private static double[] means(List<LayerRho> part, String estimator, List<String> layers) {
    double[] means = new double[layers.size()];
    for (int i = 0; i < means.length; i++) {
      String layer = layers.get(i);
      means[i] =
          part.stream()
              .filter(row -> row.task().estimator().equals(estimator))
              .filter(row -> row.task().layer().equals(layer))
              .mapToDouble(row -> row.rho().mean())
              .findFirst()
              .orElse(Double.NaN);
    }
    return means;
  }
}
