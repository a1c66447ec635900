package org.explain4j.reports.sections;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.ChartNumbers;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Tables;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RecoveryWeights;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** The linear toy (Kindermans et al., Fig. 2): which methods recover the signal's direction. */
public final class SignalRecoverySection {
  static final String ID = "signal-recovery";

  private static final int ARROWS = 4;
  private static final double HEAD = .16;
  private static final String DISTRACTOR = "distractor";
  private static final String MEAN = "mean";
  private static final String DIMENSIONS = "dimensions";
  private static final String ABOUT =
      "A linear model of two inputs, x = a_s y + a_d ε: the direction a_s of the signal is fixed,"
          + " that of the distractor, a_d, rotates, and the weights w have to cancel it. Functions"
          + " and signals should show a_s, attributions w ⊙ a_s (⊙: elementwise). With isotropic"
          + " noise in place of the distractor, w turns towards a_s. The toy's one layer is its"
          + " logits, where the two-component estimator is the linear one unless set otherwise; Eq."
          + " 7 itself (logits: positive) recovers a_s only where the mean of ε is 0, since its"
          + " pattern is a_s + 1.5 mean(ε) a_d.";

  /** What the column {@code angle} holds for each noise, and how a place is called. */
  private static final Map<String, String> AXES =
      Map.of(
          DISTRACTOR,
          "angle of a_d in degrees",
          MEAN,
          "mean of ε",
          "isotropic",
          "standard deviation of the noise");

  /** What is said above the verdicts at all places of a noise. */
  private static final Map<String, String> VERDICTS =
      Map.of(
          MEAN,
          "The same for other means of ε, which the regression's bias absorbs",
          DIMENSIONS,
          "The same in more dimensions, with one random distractor less than there are dimensions");

  private SignalRecoverySection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    List<RecoveredSignal> recovery = run.rows(RunTable.SIGNAL_RECOVERY);
    if (recovery.isEmpty()) {
      return Optional.empty();
    }
    List<RecoveryWeights> weights = run.rows(RunTable.SIGNAL_RECOVERY_WEIGHTS);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(ABOUT));
    blocks.add(verdicts(recovery));
    List<String> noises = RowSelection.distinct(recovery, RecoveredSignal::noise);
    for (String noise : RowSelection.where(noises, VERDICTS::containsKey)) {
      blocks.add(
          verdicts(
              RowSelection.where(recovery, RecoveredSignal::noise, noise), VERDICTS.get(noise)));
    }
    for (String noise : RowSelection.where(noises, each -> !each.equals(DIMENSIONS))) {
      blocks.add(new Block.Heading("Noise: " + noise));
      List<RecoveryWeights> there = RowSelection.where(weights, RecoveryWeights::noise, noise);
      if (!there.isEmpty()) {
        blocks.add(arrows(there, noise, judged(recovery, noise)));
      }
      blocks.add(cosines(RowSelection.where(recovery, RecoveredSignal::noise, noise), noise));
    }
    blocks.add(
        Tables.folded("Every cosine and verdict.", RunTable.SIGNAL_RECOVERY.table(recovery)));
    return Optional.of(new Section(ID, "Recovering the signal's direction (Fig. 2)", blocks));
  }

  private static Block verdicts(List<RecoveredSignal> recovery) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("group", false));
    columns.add(new Block.Column("method", false));
    List<RecoveredSignal> judged = RowSelection.where(recovery, row -> isJudged(row));
    List<Place> places = RowSelection.distinct(judged, Place::of);
    for (Place place : places) {
      columns.add(new Block.Column("verdict at " + place.title(), false));
      columns.add(new Block.Column("|cosine| at " + place.title(), true));
    }
    List<String> noises = RowSelection.distinct(recovery, RecoveredSignal::noise);
    noises.forEach(noise -> columns.add(new Block.Column("smallest, " + noise, true)));
    List<List<String>> rows = new ArrayList<>();
    for (String label : RowSelection.distinct(recovery, RecoveredSignal::explainer)) {
      List<RecoveredSignal> ofMethod =
          RowSelection.where(recovery, RecoveredSignal::explainer, label);
      List<String> cells = new ArrayList<>(List.of(Methods.name(ofMethod.get(0).group()), label));
      for (Place place : places) {
        List<RecoveredSignal> there = RowSelection.where(ofMethod, Place::of, place);
        cells.add(there.isEmpty() ? Numbers.MISSING : there.get(0).verdict());
        cells.add(there.isEmpty() ? Numbers.MISSING : cosine(there.get(0).cosine()));
      }
      for (String noise : noises) {
        cells.add(smallest(RowSelection.where(ofMethod, RecoveredSignal::noise, noise)));
      }
      rows.add(cells);
    }
    return new Block.Table(
        "Which methods recover the signal; smallest: the smallest |cosine| over all angles of the"
            + " distractor or all levels of the noise. Where a_d is orthogonal to a_s, every method"
            + " recovers it.",
        columns,
        rows,
        false);
  }

  /** The angles, means or deviations of a noise that have a verdict. */
  private static List<Double> judged(List<RecoveredSignal> recovery, String noise) {
    return RowSelection.distinct(
        RowSelection.where(recovery, row -> row.noise().equals(noise) && !row.verdict().isEmpty()),
        RecoveredSignal::angle);
  }

  /** Whether the row is at the one angle of the distractor that has a verdict. */
  static boolean isJudged(RecoveredSignal row) {
    return row.noise().equals(DISTRACTOR) && !row.verdict().isEmpty();
  }

  /** A column for each place of one noise. */
  private static Block verdicts(List<RecoveredSignal> recovery, String caption) {
    List<Place> places = RowSelection.distinct(recovery, Place::of);
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("group", false));
    columns.add(new Block.Column("method", false));
    places.forEach(place -> columns.add(new Block.Column(place.title(), true)));
    List<List<String>> rows = new ArrayList<>();
    for (String label : RowSelection.distinct(recovery, RecoveredSignal::explainer)) {
      List<RecoveredSignal> ofMethod =
          RowSelection.where(recovery, RecoveredSignal::explainer, label);
      List<String> cells = new ArrayList<>(List.of(Methods.name(ofMethod.get(0).group()), label));
      for (Place place : places) {
        cells.add(
            RowSelection.where(ofMethod, Place::of, place).stream()
                .findFirst()
                .map(row -> cosine(row.cosine()) + " " + row.verdict())
                .orElse(Numbers.MISSING));
      }
      rows.add(cells);
    }
    return new Block.Table(caption + ": |cosine| and verdict.", columns, rows, false);
  }

  /** Where a verdict is given. */
  private record Place(String noise, double angle) {
    static Place of(RecoveredSignal row) {
      return new Place(row.noise(), row.angle());
    }

    String title() {
      return switch (noise) {
        case DISTRACTOR -> number(angle) + "°";
        case DIMENSIONS -> number(angle) + " dimensions";
        default -> noise + " " + number(angle);
      };
    }
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String cosine(double value) {
    return Double.isNaN(value) ? Numbers.MISSING : String.format(Locale.ROOT, "%.4f", value);
  }

  /** Math.min would return NaN if any one is missing. */
  private static String smallest(List<RecoveredSignal> part) {
    return cosine(
        part.stream()
            .mapToDouble(row -> Math.abs(row.cosine()))
            .reduce(Math::min)
            .orElse(Double.NaN));
  }

  private static Block cosines(List<RecoveredSignal> part, String noise) {
    List<Double> places = part.stream().map(RecoveredSignal::angle).distinct().sorted().toList();
    List<Chart> charts = new ArrayList<>();
    String axis = AXES.getOrDefault(noise, noise);
    List<Block.Panel> panels = new ArrayList<>();
    for (Group group : Group.values()) {
      List<RecoveredSignal> ofGroup = RowSelection.where(part, RecoveredSignal::group, group);
      List<Line> lines = new ArrayList<>();
      for (String label : RowSelection.distinct(ofGroup, RecoveredSignal::explainer)) {
        double[] values = new double[places.size()];
        Arrays.fill(values, Double.NaN);
        RowSelection.where(ofGroup, RecoveredSignal::explainer, label)
            .forEach(row -> values[places.indexOf(row.angle())] = row.cosine());
        lines.add(Line.of(label, values, Line.Look.of(lines.size())));
      }
      if (!lines.isEmpty()) {
        Chart chart =
            new Chart(
                "Cosine, " + noise + ", " + Methods.name(group),
                Chart.Axis.of(axis),
                new Chart.Axis("|cosine|", 0, 1.02),
                places.stream().map(SignalRecoverySection::number).toList(),
                lines,
                Chart.Size.PANEL);
        charts.add(chart);
        panels.add(new Block.Panel(Methods.name(group), chart.svg()));
      }
    }
    String caption =
        "|cosine| between what a method returns and the signal's direction (w ⊙ a_s for"
            + " attributions), mean over examples; noise: "
            + noise
            + ".";
    return new Block.Figure(
        "signal-recovery-" + noise,
        panels,
        caption,
        ChartNumbers.of("|cosine| with noise " + noise, axis, charts));
  }

  private static Block arrows(List<RecoveryWeights> weights, String noise, List<Double> judged) {
    List<RecoveryWeights> ordered =
        weights.stream().sorted(Comparator.comparingDouble(RecoveryWeights::angle)).toList();
    List<Block.Panel> panels = new ArrayList<>();
    int count = Math.min(ARROWS, ordered.size());
    TreeSet<Integer> shown = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      shown.add(i * (ordered.size() - 1) / Math.max(1, count - 1));
    }
    IntStream.range(0, ordered.size())
        .filter(i -> judged.contains(ordered.get(i).angle()))
        .forEach(shown::add);
    for (int at : shown) {
      RecoveryWeights row = ordered.get(at);
      List<Line> lines = new ArrayList<>();
      lines.add(arrow("weights w", row.w1(), row.w2(), 0));
      lines.add(arrow("signal a_s", row.signal1(), row.signal2(), 2));
      if (Math.hypot(row.distractor1(), row.distractor2()) > 0) {
        lines.add(arrow("distractor a_d", row.distractor1(), row.distractor2(), 1));
      }
      Chart.Axis axis = new Chart.Axis("", -1.25, 1.25);
      String title = new Place(noise, row.angle()).title();
      Chart chart =
          new Chart(
              "Directions, " + noise + " at " + title,
              axis,
              axis,
              List.of(),
              lines,
              Chart.Size.SQUARE);
      panels.add(new Block.Panel(title, chart.svg()));
    }
    return new Block.Figure(
        "directions-" + noise,
        panels,
        "Directions of the trained weights w, the signal and, if there is one, the distractor, each"
            + " scaled to length 1; noise: "
            + noise
            + ".",
        Tables.folded(
            "The numbers of the directions, as they are before scaling, at all angles.",
            RunTable.SIGNAL_RECOVERY_WEIGHTS.table(ordered)));
  }

  private static Line arrow(String name, double dx, double dy, int color) {
    double angle = Math.atan2(dy, dx);
    double x = dx / Math.hypot(dx, dy);
    double y = dy / Math.hypot(dx, dy);
    double left = angle + Math.PI - Math.PI / 7;
    double right = angle + Math.PI + Math.PI / 7;
    double[] xs = {0, x, x + HEAD * Math.cos(left), x, x + HEAD * Math.cos(right)};
    double[] ys = {0, y, y + HEAD * Math.sin(left), y, y + HEAD * Math.sin(right)};
    return Line.of(name, xs, ys, new Line.Look(color, Line.Dash.SOLID, 2.5f));
  }
}
