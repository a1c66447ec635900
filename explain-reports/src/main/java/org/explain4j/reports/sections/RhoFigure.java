package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.LayerRho;

/**
 * Mean rho per layer as a chart: a line for each estimator, and what to expect from sampling alone.
 */
final class RhoFigure {
  private RhoFigure() {}

  static Block of(LayerMeans rho, String target, String solver) {
    List<Line> lines = lines(rho);
    String caption = caption(rho, target, solver);
    if (lines.isEmpty()) {
      return new Block.Paragraph(caption);
    }
    Chart.Axis y = new Chart.Axis("mean ρ on split C", 0, 1.02);
    for (Line line : lines) {
      for (double value : line.y()) {
        y = Double.isNaN(value) ? y : y.including(value - .02, value + .02);
      }
    }
    double[] expected = rho.ofLayers(row -> row.sampling().expectedFromSampling());
    if (LayerMeans.present(expected)) {
      for (double value : expected) {
        y = Double.isNaN(value) ? y : y.including(value - .02, value + .02);
      }
      lines.add(
          Line.of("expected from sampling alone", expected, Line.Look.reference(Line.Dash.DOTTED)));
    }
    String name = "Mean rho per layer, target " + target + ", solver " + solver;
    Chart.Size size = Chart.Size.forLabels(rho.layers().size());
    Chart chart = new Chart(name, Chart.Axis.of(""), y, rho.labels(), lines, size);
    return new Block.Figure(
        "rho-" + target + "-" + solver, List.of(new Block.Panel("", chart.svg())), caption);
  }

  /** A line for each estimator that has a rho: a colour for each, dashed if fitted on post. */
  private static List<Line> lines(LayerMeans rho) {
    List<Line> lines = new ArrayList<>();
    List<String> colours = new ArrayList<>();
    for (LayerMeans.Estimator estimator : rho.estimators(true)) {
      if (!colours.contains(estimator.name())) {
        colours.add(estimator.name());
      }
      Line.Dash dash = estimator.fitOn().equals("post") ? Line.Dash.DASHED : Line.Dash.SOLID;
      Line.Look look = new Line.Look(colours.indexOf(estimator.name()), dash, 2);
      lines.add(
          new Line(
              estimator.title(),
              new double[0],
              rho.line(estimator, Band::mean),
              rho.line(estimator, Band::low),
              rho.line(estimator, Band::high),
              look.among(lines.size())));
    }
    return lines;
  }

  private static String caption(LayerMeans rho, String target, String solver) {
    List<LayerRho> part = rho.part();
    List<String> undefined =
        rho.estimators(false).stream().map(LayerMeans.Estimator::title).toList();
    StringBuilder caption = new StringBuilder();
    caption.append(
        String.format(
            Locale.ROOT,
            "Mean ρ over %s, split C. Target: %s. Solver: %s. Fit-on: %s.",
            neurons(rho),
            target,
            solver,
            String.join(", ", fits(rho))));
    caption.append(
        String.format(
            Locale.ROOT,
            " Samples: n_A %s, n_B %s, n_C %s; d %s, d/n %s.",
            RowSelection.range(part, row -> row.sampling().nA(), Numbers::count),
            RowSelection.range(part, row -> row.sampling().nB(), Numbers::count),
            RowSelection.range(part, row -> row.sampling().nC(), Numbers::count),
            RowSelection.range(part, row -> row.sampling().d(), Numbers::count),
            RowSelection.range(part, row -> row.sampling().dOverN(), Numbers::measured)));
    caption.append(bars(rho));
    caption.append(
        " Dotted: the ρ to expect of a perfect estimator from sampling alone (an expectation, not"
            + " a bound; patches that share an image count as fewer independent samples, by a"
            + " jackknife over images); not drawn where split B has hardly more independent"
            + " samples than inputs.");
    if (!undefined.isEmpty()) {
      caption.append(
          String.format(
              Locale.ROOT,
              " No line, because ρ is n/a in every layer: %s.",
              String.join(", ", undefined)));
    }
    return caption.toString();
  }

  private static String neurons(LayerMeans rho) {
    boolean alike = rho.part().stream().anyMatch(row -> row.compared().isPresent());
    return alike
        ? "those neurons of each layer that all estimators include, so like is compared with like"
            + " (n of N beside a layer: some are left out)"
        : "the neurons of each layer that an estimator includes, which may differ between estimators";
  }

  private static String bars(LayerMeans rho) {
    if (rho.bands().values().stream().flatMap(Arrays::stream).noneMatch(Band::hasEnds)) {
      return "";
    }
    return rho.overImages()
        ? " Bars: bootstrap 95 % interval of the mean over images of split C, with pattern and v"
            + " fixed; it covers the choice of those images, not that of splits A and B."
        : " Bars: bootstrap 95 % interval of the mean over the layer's neurons; it covers the"
            + " choice of neurons, not that of images or splits.";
  }

  private static List<String> fits(LayerMeans rho) {
    return rho.bands().keySet().stream()
        .map(e -> e.name() + " " + (e.fitOn().isEmpty() ? "no data" : e.fitOn()))
        .toList();
  }
}
