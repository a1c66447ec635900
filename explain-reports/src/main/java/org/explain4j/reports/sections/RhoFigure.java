package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.ChartNumbers;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.LayerRho;

/**
 * Mean rho per layer as a chart: a line for each estimator, and what to expect from sampling alone.
 */
final class RhoFigure {
  private RhoFigure() {}

  /**
   * The figure; a sentence and the numbers where nothing can be drawn.
   *
   * @param numbers what stands behind it
   */
  static List<Block> of(LayerMeans rho, String target, String solver, Block.Numbered numbers) {
    List<Line> lines = lines(rho);
    String caption = caption(rho, target, solver);
    if (lines.isEmpty()) {
      Block sentence = new Block.Paragraph(caption);
      return numbers instanceof Block.Table table ? List.of(sentence, table) : List.of(sentence);
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
    return List.of(
        new Block.Figure(
            "rho-" + target + "-" + solver,
            List.of(new Block.Panel("", chart.svg())),
            caption,
            numbers));
  }

  /** A line for each estimator that has a rho: a colour for each, dashed if fitted on post. */
  private static List<Line> lines(LayerMeans rho) {
    List<Line> lines = new ArrayList<>();
    for (LayerMeans.Estimator estimator : rho.estimators(true)) {
      Line.Look look = look(estimator);
      lines.add(
          new Line(
              estimator.title(),
              new double[0],
              rho.line(estimator, Band::mean),
              rho.line(estimator, Band::low),
              rho.line(estimator, Band::high),
              look));
    }
    return lines;
  }

  /** A colour for each kind of estimator, whatever its settings; dashed if fitted on post. */
  private static Line.Look look(LayerMeans.Estimator estimator) {
    return Line.Look.ofMethod(
        estimator.name().split(" ", 2)[0], estimator.fitOn().equals("post") ? 1 : 0);
  }

  /** Quartiles over the neurons, for who wants to see more than the mean. */
  static Block overNeurons(LayerMeans rho, String target, String solver) {
    List<Line> lines = new ArrayList<>();
    Chart.Axis y = new Chart.Axis("ρ on split C", 0, 1.02);
    for (LayerMeans.Estimator estimator : rho.estimators(true)) {
      double[] low = rho.summary(estimator, LayerRho.Summary::q25);
      double[] high = rho.summary(estimator, LayerRho.Summary::q75);
      for (int i = 0; i < low.length; i++) {
        y = Double.isNaN(low[i]) ? y : y.including(low[i] - .02, high[i] + .02);
      }
      double[] median = rho.summary(estimator, LayerRho.Summary::median);
      lines.add(new Line(estimator.title(), new double[0], median, low, high, look(estimator)));
    }
    String name = "Median and quartiles of rho over neurons, target " + target;
    Chart.Size size = Chart.Size.forLabels(rho.layers().size());
    Chart chart = new Chart(name, Chart.Axis.of(""), y, rho.labels(), lines, size);
    return new Block.Folded(
        "How ρ is distributed over the neurons of a layer",
        List.of(
            new Block.Figure(
                "rho-neurons-" + target + "-" + solver,
                List.of(new Block.Panel("", chart.svg())),
                "Median over the compared neurons; bars from the first to the third quartile. The"
                    + " table below has 5 % and 95 %, signal-quality-neurons.csv every neuron.",
                ChartNumbers.of("ρ over neurons, target " + target, "layer", List.of(chart)))));
  }

  private static String caption(LayerMeans rho, String target, String solver) {
    List<String> undefined =
        rho.estimators(false).stream().map(LayerMeans.Estimator::title).toList();
    StringBuilder caption = new StringBuilder();
    caption.append(
        String.format(
            Locale.ROOT,
            "Mean ρ over %s, split C; target %s, solver %s.",
            neurons(rho),
            target,
            solver));
    caption.append(bars(rho));
    caption.append(
        " Dotted: the ρ to expect of a perfect estimator from sampling alone, not drawn where split"
            + " B has hardly more independent samples than inputs.");
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
}
