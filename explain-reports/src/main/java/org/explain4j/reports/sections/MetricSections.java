package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.ChartNumbers;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.CurveAxes;
import org.explain4j.reports.runs.CurvePoint;
import org.explain4j.reports.runs.MetricNote;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;

/** Curves, scores and paired comparisons of each metric; degradation is the paper's Fig. 4a. */
public final class MetricSections {
  private static final Map<String, String> ORDERS =
      Map.of("morf", "most relevant first (MoRF)", "lerf", "least relevant first (LeRF)");

  /** What the metrics' baseline is called. */
  static final String RANDOM_ORDER = "random order";

  private final Methods methods;
  private final List<Score> scores;
  private final List<CurvePoint> curves;
  private final List<CurveAxes> axes;
  private final List<PairedDifference> comparisons;
  private final List<MetricNote> notes;

  private MetricSections(RunDirectory run) throws IOException {
    methods = Methods.of(run);
    scores = run.scores();
    curves = run.curves();
    axes = run.rows(RunTable.CURVE_AXES);
    comparisons = run.comparisons();
    notes = run.rows(RunTable.NOTES);
  }

  /**
   * A section for each family of metrics.
   *
   * @throws IOException if a file is damaged
   */
  public static List<Section> of(RunDirectory run) throws IOException {
    MetricSections sections = new MetricSections(run);
    return Stream.concat(
            sections.scores.stream().map(Score::family),
            sections.notes.stream()
                .filter(MetricNote::isNotRun)
                .flatMap(note -> note.family().stream()))
        .distinct()
        .map(sections::section)
        .toList();
  }

  /** The id of a family's section. */
  static String id(String family) {
    return "metric-" + family;
  }

  private Section section(String family) {
    List<Score> ofFamily = RowSelection.where(scores, Score::family, family);
    List<Block.Tab> metrics = new ArrayList<>();
    for (String metric : RowSelection.distinct(ofFamily, Score::metric)) {
      metrics.add(
          new Block.Tab(
              metric, metric(metric, RowSelection.where(ofFamily, Score::metric, metric))));
    }
    List<Block> blocks = new ArrayList<>();
    if (metrics.size() == 1) {
      blocks.add(new Block.Heading(metrics.get(0).title()));
      blocks.addAll(metrics.get(0).blocks());
    } else if (!metrics.isEmpty()) {
      blocks.add(new Block.Tabs(id(family), metrics));
    }
    List<MetricNote> ofOthers =
        RowSelection.where(
            notes,
            note ->
                note.isNotRun()
                    && note.family().equals(Optional.of(family))
                    && ofFamily.stream().noneMatch(s -> s.metric().equals(note.metric())));
    for (String metric : RowSelection.distinct(ofOthers, MetricNote::metric)) {
      blocks.add(new Block.Heading(metric));
      notRun(metric).ifPresent(blocks::add);
    }
    String title = family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
    return new Section(
        id(family), family.equals("degradation") ? "Image degradation (Fig. 4a)" : title, blocks);
  }

  /** Why a metric was not run: at all, or for some methods. */
  private Optional<Block> notRun(String metric) {
    Map<String, List<String>> methods = new LinkedHashMap<>();
    for (MetricNote note : notes) {
      if (note.isNotRun() && note.metric().equals(metric)) {
        List<String> labels = methods.computeIfAbsent(note.value(), why -> new ArrayList<>());
        note.explainer().ifPresent(labels::add);
      }
    }
    String text =
        methods.entrySet().stream()
            .map(
                why ->
                    (why.getValue().isEmpty()
                            ? "Not run: "
                            : "Not run for " + String.join(", ", why.getValue()) + ": ")
                        + why.getKey()
                        + ".")
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? Optional.empty() : Optional.of(new Block.Paragraph(text));
  }

  private List<Block> metric(String metric, List<Score> scores) {
    List<Block> blocks = new ArrayList<>();
    String facts =
        RowSelection.where(notes, MetricNote::metric, metric).stream()
            .filter(note -> !note.isNotRun())
            .map(MetricNote::text)
            .collect(Collectors.joining("; "));
    if (!facts.isEmpty()) {
      blocks.add(new Block.Paragraph(facts + "."));
    }
    notRun(metric).ifPresent(blocks::add);
    figures(blocks, RowSelection.where(curves, CurvePoint::metric, metric));
    blocks.add(new ScoreTable(methods, comparisons).of(metric, scores));
    List<PairedDifference> pairs =
        RowSelection.where(comparisons, PairedDifference::metric, metric);
    if (!pairs.isEmpty()) {
      blocks.add(new MetricPairs(methods, scores).of(pairs));
    }
    return blocks;
  }

  private void figures(List<Block> blocks, List<CurvePoint> curves) {
    for (String curve : RowSelection.distinct(curves, CurvePoint::curve)) {
      List<CurvePoint> part = RowSelection.where(curves, CurvePoint::curve, curve);
      String metric = part.get(0).metric();
      CurveAxes names = axes(metric, curve);
      Chart.Axis x = Chart.Axis.of(names.xLabel());
      Chart.Axis y = Chart.Axis.of(names.yLabel());
      for (CurvePoint row : part) {
        Band band = row.band();
        for (double value : new double[] {band.mean(), band.low(), band.high()}) {
          y = Double.isNaN(value) ? y : y.including(value, value);
        }
        x = x.including(row.x(), row.x());
      }
      String what =
          curve.equals(metric) ? metric : metric + ", " + ORDERS.getOrDefault(curve, curve);
      List<Chart> charts = new ArrayList<>();
      List<Block.Panel> panels = new ArrayList<>();
      for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
        List<Line> lines = lines(part, group.getValue());
        if (!lines.isEmpty()) {
          baseline(part).ifPresent(lines::add);
          String title = Methods.name(group.getKey());
          String name = what + ": " + title;
          Chart chart = new Chart(name, x, y, List.of(), lines, Chart.Size.PANEL);
          charts.add(chart);
          panels.add(new Block.Panel(title, chart.svg()));
        }
      }
      blocks.add(
          new Block.Figure(
              metric + "-" + curve,
              panels,
              caption(part, what),
              ChartNumbers.of(what, names.xLabel(), charts)));
    }
  }

  private static String caption(List<CurvePoint> part, String what) {
    List<CurvePoint> ofMethods =
        RowSelection.where(part, row -> !row.explainer().equals(Score.BASELINE));
    boolean hasBaseline = ofMethods.size() < part.size();
    return String.format(
        Locale.ROOT,
        "%s: mean over %s images with its bootstrap 95 %% band; one panel per group: compare"
            + " methods within a group only.%s",
        what,
        RowSelection.range(ofMethods, CurvePoint::images, Numbers::count),
        hasBaseline
            ? " Dashed: a random order of the patches, each image's mean over the seeds; a method"
                + " named random gives random numbers as its map."
            : "");
  }

  private CurveAxes axes(String metric, String curve) {
    return axes.stream()
        .filter(names -> names.metric().equals(metric) && names.curve().equals(curve))
        .findFirst()
        .orElse(new CurveAxes(metric, curve, "x", "mean"));
  }

  private List<Line> lines(List<CurvePoint> part, List<String> labels) {
    List<Line> lines = new ArrayList<>();
    for (String label : labels) {
      List<CurvePoint> rows = RowSelection.where(part, CurvePoint::explainer, label);
      if (hasNumbers(rows)) {
        lines.add(line(label, rows, methods.look(label)));
      }
    }
    return lines;
  }

  private static boolean hasNumbers(List<CurvePoint> rows) {
    return rows.stream().anyMatch(row -> !Double.isNaN(row.band().mean()));
  }

  private static Optional<Line> baseline(List<CurvePoint> part) {
    List<CurvePoint> rows = RowSelection.where(part, CurvePoint::explainer, Score.BASELINE);
    return hasNumbers(rows)
        ? Optional.of(line(RANDOM_ORDER, rows, Line.Look.reference(Line.Dash.DASHED)))
        : Optional.empty();
  }

  private static Line line(String name, List<CurvePoint> rows, Line.Look look) {
    List<CurvePoint> ordered =
        rows.stream().sorted(Comparator.comparingLong(CurvePoint::point)).toList();
    return new Line(
        name,
        ordered.stream().mapToDouble(CurvePoint::x).toArray(),
        ordered.stream().mapToDouble(row -> row.band().mean()).toArray(),
        ordered.stream().mapToDouble(row -> row.band().low()).toArray(),
        ordered.stream().mapToDouble(row -> row.band().high()).toArray(),
        look);
  }
}
