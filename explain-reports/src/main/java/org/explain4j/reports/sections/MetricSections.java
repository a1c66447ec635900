package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Chart;
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
  private static final String RANDOM_ORDER = "random order";

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
    return RowSelection.distinct(sections.scores, Score::family).stream()
        .map(sections::section)
        .toList();
  }

  private Section section(String family) {
    List<Block> blocks = new ArrayList<>();
    List<Score> ofFamily = RowSelection.where(scores, Score::family, family);
    for (String metric : RowSelection.distinct(ofFamily, Score::metric)) {
      blocks.add(new Block.Heading(metric));
      String facts =
          RowSelection.where(notes, MetricNote::metric, metric).stream()
              .map(note -> note.key() + ": " + note.value())
              .collect(Collectors.joining("; "));
      if (!facts.isEmpty()) {
        blocks.add(new Block.Paragraph(facts + "."));
      }
      figures(blocks, RowSelection.where(curves, CurvePoint::metric, metric));
      blocks.add(scores(metric, RowSelection.where(ofFamily, Score::metric, metric)));
      List<PairedDifference> pairs =
          RowSelection.where(comparisons, PairedDifference::metric, metric);
      if (!pairs.isEmpty()) {
        blocks.add(comparisons(pairs));
      }
    }
    String title = family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
    return new Section(
        "metric-" + family,
        family.equals("degradation") ? "Image degradation (Fig. 4a)" : title,
        blocks);
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
      List<Block.Panel> panels = new ArrayList<>();
      for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
        List<Line> lines = lines(part, group.getValue());
        if (!lines.isEmpty()) {
          baseline(part).ifPresent(lines::add);
          String title = Methods.name(group.getKey());
          String name = metric + ", " + curve + ": " + title;
          Chart chart = new Chart(name, x, y, List.of(), lines, Chart.Size.PANEL);
          panels.add(new Block.Panel(title, chart.svg()));
        }
      }
      blocks.add(new Block.Figure(metric + "-" + curve, panels, caption(part, metric, curve)));
    }
  }

  private static String caption(List<CurvePoint> part, String metric, String curve) {
    List<CurvePoint> ofMethods =
        RowSelection.where(part, row -> !row.explainer().equals(Score.BASELINE));
    boolean hasBaseline = ofMethods.size() < part.size();
    return String.format(
        Locale.ROOT,
        "%s, %s: mean over %s images with its bootstrap 95 %% band; one panel per group: compare methods within a group only.%s",
        metric,
        ORDERS.getOrDefault(curve, curve),
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

  private Block scores(String metric, List<Score> all) {
    Redundant redundant = Redundant.of(all);
    List<Score> scores = RowSelection.where(all, row -> !redundant.scores().contains(row.score()));
    List<String> names = RowSelection.distinct(scores, Score::score);
    List<Block.Mark> marks = new ArrayList<>();
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("method", false));
    for (String name : names) {
      boolean lower = RowSelection.where(scores, Score::score, name).get(0).lowerIsBetter();
      columns.add(new Block.Column(name + (lower ? " ↓" : " ↑"), true));
    }
    columns.add(new Block.Column("group", false));
    columns.add(new Block.Column("images", true));
    columns.add(new Block.Column("missing", true));
    List<List<String>> rows = new ArrayList<>();
    for (String label : methods.ordered(RowSelection.distinct(scores, Score::explainer))) {
      List<Score> ofMethod = RowSelection.where(scores, Score::explainer, label);
      List<String> cells = new ArrayList<>();
      cells.add(label.equals(Score.BASELINE) ? RANDOM_ORDER : label);
      for (String name : names) {
        List<Score> score = RowSelection.where(ofMethod, Score::score, name);
        mark(RowSelection.where(scores, Score::score, name), label)
            .ifPresent(
                sign ->
                    marks.add(new Block.Mark(rows.size(), cells.size(), sign.sign, sign.words)));
        cells.add(score.isEmpty() ? Numbers.MISSING : Numbers.interval(score.get(0).band()));
      }
      cells.add(methods.groupOf(label).map(Methods::name).orElse(""));
      cells.add(RowSelection.range(ofMethod, Score::images, Numbers::count));
      cells.add(RowSelection.range(ofMethod, Score::missing, Numbers::count));
      rows.add(cells);
    }
    StringBuilder caption = new StringBuilder(metric);
    caption.append(
        ": mean over images and its bootstrap 95 % interval; ↓ lower is better, ↑ higher");
    caption.append(" is better. ");
    for (Sign sign : Sign.values()) {
      caption.append(sign.sign).append(' ').append(sign.words).append("; ");
    }
    caption.append("missing: images without a value.");
    for (String name : names) {
      caption.append(' ').append(name).append(": ").append(ScoreNames.meaning(name));
    }
    redundant.sentence().ifPresent(text -> caption.append(' ').append(text));
    return new Block.Table(caption.toString(), columns, rows, false, marks);
  }

  /** How a method stands in its group, by the paired tests. */
  private enum Sign {
    BEST("★", "best of its group by mean"),
    TIE("≈", "ties with that"),
    UNDECIDED("?", "undecided against it");

    private final String sign;
    private final String words;

    Sign(String sign, String words) {
      this.sign = sign;
      this.words = words;
    }
  }

  private Optional<Sign> mark(List<Score> scores, String label) {
    Optional<Group> group = methods.groupOf(label);
    List<Score> ranked =
        group.map(g -> Sentences.byMean(scores, methods.groups().get(g))).orElse(List.of());
    if (ranked.size() < 2) {
      return Optional.empty();
    }
    String first = ranked.get(0).explainer();
    if (first.equals(label)) {
      return Optional.of(Sign.BEST);
    }
    List<PairedDifference> tests =
        RowSelection.where(
            comparisons,
            pair ->
                pair.metric().equals(ranked.get(0).metric())
                    && pair.score().equals(ranked.get(0).score()));
    return switch (new Sentences(ranked, tests, methods).verdict(first, label)) {
      case BETTER -> Optional.empty();
      case TIE -> Optional.of(Sign.TIE);
      case UNDECIDED -> Optional.of(Sign.UNDECIDED);
    };
  }

  private static Block comparisons(List<PairedDifference> pairs) {
    List<TestTable.Row> rows = new ArrayList<>();
    for (PairedDifference pair : pairs) {
      List<String> words =
          List.of(
              pair.score(),
              Methods.name(pair.group()),
              pair.explainerA(),
              pair.isWithBaseline() ? RANDOM_ORDER : pair.explainerB(),
              pair.words().replace(Score.BASELINE, RANDOM_ORDER));
      String band = Numbers.interval(pair.test().band());
      rows.add(new TestTable.Row(words, band, pair.test(), pair.images()));
    }
    return new TestTable(List.of("score", "group", "a", "b", "verdict"), "a − b", "images")
        .of(
            "Pairs of methods of one group, and each method against a random order, on the same images."
                + " better: p of the Wilcoxon signed-rank test, Holm-adjusted for all rows of the"
                + " group, is below .05; tie: the 90 % interval of the difference lies inside the"
                + " margin; otherwise undecided. In brackets: the bootstrap 95 % interval; effect:"
                + " matched rank-biserial correlation, positive where a is larger.",
            rows);
  }
}
