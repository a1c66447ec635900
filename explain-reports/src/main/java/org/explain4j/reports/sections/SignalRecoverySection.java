package org.explain4j.reports.sections;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Chart;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Tables;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** The linear toy (Kindermans et al., Fig. 2): which methods recover the signal's direction. */
public final class SignalRecoverySection {
  private static final int ARROWS = 4;
  private static final double HEAD = .16;
  private static final String DISTRACTOR = "distractor";
  private static final String ABOUT =
      "A linear model of two inputs, x = a_s y + a_d ε: the direction a_s of the signal is fixed, that"
          + " of the distractor, a_d, rotates, and the weights w have to cancel it. Functions and"
          + " signals should show a_s, attributions w ⊙ a_s (⊙: elementwise). With isotropic noise in"
          + " place of the distractor, w turns towards a_s.";

  private SignalRecoverySection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    Optional<Table> recovery = run.table(RunTable.SIGNAL_RECOVERY);
    if (recovery.isEmpty()) {
      return Optional.empty();
    }
    Optional<Table> weights = run.table(RunTable.SIGNAL_RECOVERY_WEIGHTS);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(ABOUT));
    blocks.add(verdicts(recovery.get()));
    for (String noise : Rows.distinct(recovery.get(), "noise")) {
      blocks.add(new Block.Heading("Noise: " + noise));
      weights
          .map(table -> Rows.where(table, "noise", noise))
          .filter(table -> !table.isEmpty())
          .ifPresent(table -> blocks.add(arrows(table, noise)));
      blocks.add(cosines(Rows.where(recovery.get(), "noise", noise), noise));
    }
    blocks.add(Tables.folded("Every cosine and verdict.", recovery.get()));
    return Optional.of(
        new Section("signal-recovery", "Recovering the signal's direction (Fig. 2)", blocks));
  }

  private static Block verdicts(Table recovery) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("group", false));
    columns.add(new Block.Column("method", false));
    Table judged = Rows.where(recovery, row -> !row.getString("verdict").isEmpty());
    List<Place> places = new ArrayList<>(new LinkedHashSet<>(places(judged)));
    for (Place place : places) {
      columns.add(new Block.Column("verdict at " + place.title(), false));
      columns.add(new Block.Column("|cosine| at " + place.title(), true));
    }
    List<String> noises = Rows.distinct(recovery, "noise");
    noises.forEach(noise -> columns.add(new Block.Column("smallest, " + noise, true)));
    List<List<String>> rows = new ArrayList<>();
    for (String label : Rows.distinct(recovery, "explainer")) {
      Table ofMethod = Rows.where(recovery, "explainer", label);
      List<String> cells = new ArrayList<>(List.of(ofMethod.row(0).getString("group"), label));
      for (Place place : places) {
        Table there = Rows.where(ofMethod, row -> Place.of(row).equals(place));
        cells.add(there.isEmpty() ? Numbers.MISSING : there.row(0).getString("verdict"));
        cells.add(there.isEmpty() ? Numbers.MISSING : cosine(there.row(0).getDouble("cosine")));
      }
      for (String noise : noises) {
        cells.add(smallest(Rows.where(ofMethod, "noise", noise)));
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

  /** Where a verdict is given. */
  private record Place(String noise, double angle) {
    static Place of(Row row) {
      return new Place(row.getString("noise"), row.getDouble("angle"));
    }

    String title() {
      return noise.equals(DISTRACTOR) ? number(angle) + "°" : noise + " " + number(angle);
    }
  }

  private static List<Place> places(Table table) {
    List<Place> places = new ArrayList<>();
    for (Row row : table) {
      places.add(Place.of(row));
    }
    return places;
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String cosine(double value) {
    return Double.isNaN(value) ? Numbers.MISSING : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String smallest(Table part) {
    boolean missing = part.isEmpty() || part.doubleColumn("cosine").countMissing() > 0;
    return missing ? Numbers.MISSING : cosine(part.doubleColumn("cosine").abs().min());
  }

  private static Block cosines(Table part, String noise) {
    boolean angles = noise.equals(DISTRACTOR);
    List<Double> places = places(part).stream().map(Place::angle).distinct().sorted().toList();
    List<Block.Panel> panels = new ArrayList<>();
    for (Group group : Group.values()) {
      Table ofGroup = Rows.where(part, "group", Methods.name(group));
      List<Line> lines = new ArrayList<>();
      for (String label : Rows.distinct(ofGroup, "explainer")) {
        Table rows = Rows.where(ofGroup, "explainer", label);
        double[] values = new double[places.size()];
        Arrays.fill(values, Double.NaN);
        for (Row row : rows) {
          values[places.indexOf(row.getDouble("angle"))] = row.getDouble("cosine");
        }
        lines.add(Line.of(label, values, Line.Look.of(lines.size()).among(lines.size())));
      }
      if (!lines.isEmpty()) {
        Chart chart =
            new Chart(
                "Cosine, " + noise + ", " + Methods.name(group),
                Chart.Axis.of(
                    angles ? "angle of a_d in degrees" : "standard deviation of the noise"),
                new Chart.Axis("|cosine|", 0, 1.02),
                places.stream().map(SignalRecoverySection::number).toList(),
                lines,
                Chart.Size.PANEL);
        panels.add(new Block.Panel(Methods.name(group), chart.svg()));
      }
    }
    String caption =
        "|cosine| between what a method returns and the signal's direction (w ⊙ a_s for attributions),"
            + " mean over examples; noise: "
            + noise
            + ".";
    return new Block.Figure("signal-recovery-" + noise, panels, caption);
  }

  private static Block arrows(Table weights, String noise) {
    Table ordered = weights.sortAscendingOn("angle");
    List<Block.Panel> panels = new ArrayList<>();
    int count = Math.min(ARROWS, ordered.rowCount());
    for (int i = 0; i < count; i++) {
      Row row = ordered.row(i * (ordered.rowCount() - 1) / Math.max(1, count - 1));
      List<Line> lines = new ArrayList<>();
      lines.add(arrow(row, "weights w", "w", 0));
      lines.add(arrow(row, "signal a_s", "signal", 2));
      if (Math.hypot(row.getDouble("distractor1"), row.getDouble("distractor2")) > 0) {
        lines.add(arrow(row, "distractor a_d", "distractor", 1));
      }
      Chart.Axis axis = new Chart.Axis("", -1.25, 1.25);
      String title = Place.of(row).title();
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
            + ".");
  }

  private static Line arrow(Row row, String name, String column, int color) {
    double x = row.getDouble(column + "1");
    double y = row.getDouble(column + "2");
    double length = Math.hypot(x, y);
    double angle = Math.atan2(y, x);
    x /= length;
    y /= length;
    double left = angle + Math.PI - Math.PI / 7;
    double right = angle + Math.PI + Math.PI / 7;
    double[] xs = {0, x, x + HEAD * Math.cos(left), x, x + HEAD * Math.cos(right)};
    double[] ys = {0, y, y + HEAD * Math.sin(left), y, y + HEAD * Math.sin(right)};
    return Line.of(name, xs, ys, new Line.Look(color, Line.Dash.SOLID, 2.5f));
  }

  /** Methods by verdict, for the summary. */
  static Map<String, List<String>> byVerdict(Table recovery) {
    Map<String, List<String>> methods = new TreeMap<>(Comparator.reverseOrder());
    for (Row row : recovery) {
      if (!row.getString("verdict").isEmpty()) {
        methods
            .computeIfAbsent(row.getString("verdict"), v -> new ArrayList<>())
            .add(row.getString("explainer"));
      }
    }
    return methods;
  }
}
