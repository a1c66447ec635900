package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Tables;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** rho per layer (Kindermans et al., Fig. 3): a chart and tables for each target and solver. */
public final class SignalQualitySection {
  private static final String ABOUT =
      "ρ(S) = 1 − max corr(y, v′d̂) says how little of a neuron's output can still be read from what"
          + " an estimator S calls distractor (Kindermans et al., Eq. 1): 1 is best. The estimator is"
          + " fitted on split A, the regression v on split B; ρ is evaluated on split C, which"
          + " neither has seen. The floor is what sampling alone leaves of a perfect ρ.";

  private SignalQualitySection() {}

  /** An estimator as fitted: what a line of the chart stands for. */
  private record Estimator(String name, String fitOn) {
    static Estimator of(Row row) {
      return new Estimator(row.getString("estimator"), row.getString("fit_on"));
    }

    String title() {
      return fitOn.isEmpty() ? name : name + " (fit " + fitOn + ")";
    }
  }

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    Optional<Table> table = run.table(RunTable.SIGNAL_QUALITY);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Table rho = table.get().sortAscendingOn("layer_index");
    Optional<Table> patterns = run.table(RunTable.PATTERNS);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(ABOUT));
    for (String solver : Rows.distinct(rho, "solver")) {
      for (String target : Rows.distinct(rho, "target")) {
        Table part = Rows.where(Rows.where(rho, "solver", solver), "target", target);
        if (!part.isEmpty()) {
          blocks.add(new Block.Heading("Target " + target + ", solver " + solver));
          blocks.add(figure(part, target, solver));
          blocks.add(means(part));
          blocks.add(details(part, patterns));
        }
      }
    }
    blocks.add(diagnostics(rho));
    return Optional.of(
        new Section("signal-quality", "Signal estimators: ρ per layer (Fig. 3)", blocks));
  }

  private static Map<Estimator, double[]> means(Table part, List<String> layers) {
    return values(part, layers, "mean");
  }

  /** One number by estimator and layer; NaN where there is none. */
  private static Map<Estimator, double[]> values(Table part, List<String> layers, String column) {
    Map<Estimator, double[]> means = new LinkedHashMap<>();
    for (Row row : part) {
      double[] line =
          means.computeIfAbsent(
              Estimator.of(row),
              e -> {
                double[] empty = new double[layers.size()];
                Arrays.fill(empty, Double.NaN);
                return empty;
              });
      line[layers.indexOf(row.getString("layer"))] = row.getDouble(column);
    }
    return means;
  }

  private static Block figure(Table part, String target, String solver) {
    List<String> layers = Rows.distinct(part, "layer");
    List<Line> lines = lines(part, layers);
    String caption = caption(part, target, solver);
    if (lines.isEmpty()) {
      return new Block.Paragraph(caption);
    }
    Chart.Axis y = new Chart.Axis("mean ρ on split C", 0, 1.02);
    for (Line line : lines) {
      for (double value : line.y()) {
        y = Double.isNaN(value) ? y : y.including(value - .02, value + .02);
      }
    }
    // Below zero the floor's formula, made for d far below n, says nothing.
    double[] floor = Arrays.stream(floor(part, layers)).map(f -> f < 0 ? Double.NaN : f).toArray();
    if (present(floor)) {
      lines.add(Line.of("sampling floor", floor, Line.Look.reference(Line.Dash.DOTTED)));
    }
    String name = "Mean rho per layer, target " + target + ", solver " + solver;
    Chart.Size size = Chart.Size.forLabels(layers.size());
    Chart chart = new Chart(name, Chart.Axis.of(""), y, layers, lines, size);
    return new Block.Figure(
        "rho-" + target + "-" + solver, List.of(new Block.Panel("", chart.svg())), caption);
  }

  /** A line for each estimator that has a rho: a colour for each, dashed if fitted on post. */
  private static List<Line> lines(Table part, List<String> layers) {
    List<Line> lines = new ArrayList<>();
    List<String> colours = new ArrayList<>();
    Map<Estimator, double[]> low = values(part, layers, "low");
    Map<Estimator, double[]> high = values(part, layers, "high");
    means(part, layers)
        .forEach(
            (estimator, values) -> {
              if (!present(values)) {
                return;
              }
              if (!colours.contains(estimator.name())) {
                colours.add(estimator.name());
              }
              Line.Dash dash =
                  estimator.fitOn().equals("post") ? Line.Dash.DASHED : Line.Dash.SOLID;
              Line.Look look = new Line.Look(colours.indexOf(estimator.name()), dash, 2);
              lines.add(
                  new Line(
                      estimator.title(),
                      new double[0],
                      values,
                      low.get(estimator),
                      high.get(estimator),
                      look.among(lines.size())));
            });
    return lines;
  }

  private static boolean present(double[] values) {
    return Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
  }

  private static double[] floor(Table part, List<String> layers) {
    double[] floor = new double[layers.size()];
    Arrays.fill(floor, Double.NaN);
    for (Row row : part) {
      int layer = layers.indexOf(row.getString("layer"));
      if (Double.isNaN(floor[layer])) {
        floor[layer] = row.getDouble("floor");
      }
    }
    return floor;
  }

  private static String caption(Table part, String target, String solver) {
    List<String> undefined = new ArrayList<>();
    means(part, Rows.distinct(part, "layer"))
        .forEach(
            (estimator, values) -> {
              if (!present(values)) {
                undefined.add(estimator.title());
              }
            });
    StringBuilder caption = new StringBuilder();
    caption.append(
        "Mean ρ over the included neurons of each layer, split C. Target: %s. Solver: %s. Fit-on: %s."
            .formatted(target, solver, String.join(", ", fits(part))));
    caption.append(
        " Samples: n_A %s, n_B %s, n_C %s; d %s, d/n %s."
            .formatted(
                Rows.range(part, "n_a", Numbers::count),
                Rows.range(part, "n_b", Numbers::count),
                Rows.range(part, "n_c", Numbers::count),
                Rows.range(part, "d", Numbers::count),
                Rows.range(part, "d_over_n", Numbers::measured)));
    caption.append(
        " Bars: the width of a bootstrap 95 % interval of the mean over the layer's neurons (1,000"
            + " resamples); it covers the choice of neurons, not that of images or splits.");
    caption.append(
        " Dotted: the sampling floor of a layer, not drawn where it is negative because d is too"
            + " large against n.");
    if (!undefined.isEmpty()) {
      caption.append(
          " No line, because ρ is n/a in every layer: %s.".formatted(String.join(", ", undefined)));
    }
    return caption.toString();
  }

  private static Set<String> fits(Table part) {
    Set<String> fits = new LinkedHashSet<>();
    for (Row row : part) {
      Estimator estimator = Estimator.of(row);
      fits.add(
          estimator.name() + " " + (estimator.fitOn().isEmpty() ? "no data" : estimator.fitOn()));
    }
    return fits;
  }

  private static Block means(Table part) {
    List<String> layers = Rows.distinct(part, "layer");
    Map<Estimator, double[]> means = means(part, layers);
    double[] floor = floor(part, layers);
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("layer", false));
    means.keySet().forEach(e -> columns.add(new Block.Column(e.title(), true)));
    Map<Estimator, double[]> low = values(part, layers, "low");
    Map<Estimator, double[]> high = values(part, layers, "high");
    for (String name : List.of("floor", "d", "n_B", "d / n", "dropped", "ridge")) {
      columns.add(new Block.Column(name, true));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      List<String> cells = new ArrayList<>(List.of(layers.get(i)));
      for (Estimator estimator : means.keySet()) {
        cells.add(
            Numbers.decimals(
                means.get(estimator)[i], low.get(estimator)[i], high.get(estimator)[i]));
      }
      Row first = Rows.where(part, "layer", layers.get(i)).row(0);
      cells.add(Numbers.decimals(floor[i]));
      cells.add(Numbers.count(first.getDouble("d")));
      cells.add(Numbers.count(first.getDouble("n_b")));
      cells.add(Numbers.measured(first.getDouble("d_over_n")));
      cells.add(Numbers.count(largest(part, layers.get(i), "dropped_inputs")));
      cells.add(Numbers.measured(largest(part, layers.get(i), "ridge")));
      rows.add(cells);
    }
    return new Block.Table(
        "Mean ρ per layer, split C, with the bootstrap 95 % interval over neurons. Dropped: inputs"
            + " without variance of their own on split B, left out of the regression; ridge: added to"
            + " each input's variance.",
        columns, rows, false);
  }

  /** Of a layer's rows: what does not depend on the estimator, which need not all have it. */
  private static double largest(Table part, String layer, String column) {
    double largest = Double.NaN;
    for (Row row : Rows.where(part, "layer", layer)) {
      double value = row.getDouble(column);
      largest = Double.isNaN(largest) ? value : Math.max(largest, value);
    }
    return largest;
  }

  private static Block details(Table part, Optional<Table> patterns) {
    Table details =
        part.selectColumns(
            "layer",
            "estimator",
            "fit_on",
            "mean",
            "low",
            "high",
            "mean_all",
            "median",
            "q05",
            "q25",
            "q75",
            "q95",
            "mean_fitted",
            "included",
            "neurons",
            "floor",
            "d",
            "n_a",
            "n_b",
            "n_c",
            "d_over_n");
    if (patterns.isPresent()) {
      details.addColumns(
          counts(part, patterns.get(), "dead", "positive_unoccupied"),
          counts(part, patterns.get(), "always on", "negative_unoccupied"),
          counts(part, patterns.get(), "vanishing +", "positive_vanishing"),
          counts(part, patterns.get(), "vanishing −", "negative_vanishing"));
    }
    return Tables.folded(
        "Everything measured: low and high are the bootstrap 95 % interval of the mean over neurons;"
            + " quantiles over neurons; mean all counts also the neurons that the mean"
            + " leaves out; mean fitted is on split B; dead: neurons never positive on split A, always"
            + " on: never negative, vanishing: without pattern because Eq. 7's denominator vanishes.",
        details);
  }

  private static StringColumn counts(Table part, Table patterns, String title, String column) {
    StringColumn counts = StringColumn.create(title);
    for (Row row : part) {
      Table match =
          Rows.where(
              patterns,
              p ->
                  p.getString("layer").equals(row.getString("layer"))
                      && p.getString("estimator").equals(row.getString("estimator"))
                      && p.getString("fit_on").equals(row.getString("fit_on")));
      counts.append(
          match.isEmpty() ? Numbers.MISSING : Numbers.count(match.row(0).getDouble(column)));
    }
    return counts;
  }

  private static Block diagnostics(Table rho) {
    return Tables.folded(
        "How v was found: dropped inputs vary not, or only with others, on split B; leaking: neurons"
            + " whose pattern puts y into the residual by such a direction; the gaps are ADAM's distance to the closed form, in split B's loss and in ρ"
            + " on split C.",
        rho.selectColumns(
            "layer",
            "estimator",
            "fit_on",
            "target",
            "solver",
            "ridge",
            "dropped_inputs",
            "leaking",
            "steps",
            "seconds",
            "converged",
            "gap_loss",
            "gap_rho"));
  }
}
