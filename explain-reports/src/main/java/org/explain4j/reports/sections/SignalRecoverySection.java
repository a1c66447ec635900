package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
  private static final String ABOUT =
      "A linear model of two inputs, x = a_s y + a_d ε: the signal direction a_s is fixed, the"
          + " distractor direction a_d rotates, and the weights w have to cancel it. With isotropic"
          + " noise in place of the distractor, w turns towards a_s.";

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
    List<String> noises = Rows.distinct(recovery, "noise");
    for (String noise : noises) {
      columns.add(new Block.Column(noise + ": verdict", false));
      columns.add(new Block.Column("smallest |cosine|", true));
    }
    List<List<String>> rows = new ArrayList<>();
    for (String label : Rows.distinct(recovery, "explainer")) {
      Table ofMethod = Rows.where(recovery, "explainer", label);
      List<String> cells = new ArrayList<>(List.of(ofMethod.row(0).getString("group"), label));
      for (String noise : noises) {
        Table part = Rows.where(ofMethod, "noise", noise);
        cells.add(verdict(part));
        double smallest = part.isEmpty() ? Double.NaN : part.doubleColumn("cosine").abs().min();
        cells.add(
            part.isEmpty() || part.doubleColumn("cosine").countMissing() > 0
                ? Numbers.MISSING
                : String.format(Locale.ROOT, "%.4f", smallest));
      }
      rows.add(cells);
    }
    return new Block.Table(
        "Which methods recover the signal (functions, signals: cosine with a_s; attributions: with"
            + " w ⊙ a_s), over all angles with a verdict.",
        columns,
        rows,
        false);
  }

  private static String verdict(Table part) {
    Table judged = Rows.where(part, row -> !row.getString("verdict").isEmpty());
    if (judged.isEmpty()) {
      return Numbers.MISSING;
    }
    int passed = Rows.where(judged, "verdict", "PASS").rowCount();
    if (passed == judged.rowCount()) {
      return "PASS";
    }
    return passed == 0 ? "FAIL" : "PASS at %d of %d angles".formatted(passed, judged.rowCount());
  }

  private static Block cosines(Table part, String noise) {
    List<Block.Panel> panels = new ArrayList<>();
    Chart.Axis x = Chart.Axis.of("angle of a_d in degrees");
    for (double angle : part.doubleColumn("angle")) {
      x = x.including(angle, angle);
    }
    if (x.min() == x.max()) {
      x = x.including(x.min() - 1, x.max() + 1);
    }
    for (Group group : Group.values()) {
      Table ofGroup = Rows.where(part, "group", Methods.name(group));
      List<Line> lines = new ArrayList<>();
      for (String label : Rows.distinct(ofGroup, "explainer")) {
        Table rows = Rows.where(ofGroup, "explainer", label).sortAscendingOn("angle");
        lines.add(
            Line.of(
                label,
                rows.doubleColumn("angle").asDoubleArray(),
                rows.doubleColumn("cosine").asDoubleArray(),
                Line.Look.of(lines.size()).among(lines.size())));
      }
      if (!lines.isEmpty()) {
        Chart chart =
            new Chart(
                "Cosine by angle, " + noise + ", " + Methods.name(group),
                x,
                new Chart.Axis("cosine", -1.02, 1.02),
                List.of(),
                lines,
                Chart.Size.PANEL);
        panels.add(new Block.Panel(Methods.name(group), chart.svg()));
      }
    }
    String caption =
        "Cosine between what a method returns and the signal's direction (w ⊙ a_s for attributions),"
            + " noise: "
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
      lines.add(arrow(row, "w, scaled to length 1", "w", 0));
      lines.add(arrow(row, "signal a_s", "signal", 2));
      if (!Double.isNaN(row.getDouble("distractor1"))) {
        lines.add(arrow(row, "distractor a_d", "distractor", 1));
      }
      Chart.Axis axis = new Chart.Axis("", -1.25, 1.25);
      String title = Math.round(row.getDouble("angle")) + "°";
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
        "Directions of weights, signal and distractor, each scaled to length 1; noise: "
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

  /** The methods that pass at every angle with a distractor, for the summary. */
  static Map<String, String> verdictsByMethod(Table recovery, String noise) {
    Map<String, String> verdicts = new java.util.LinkedHashMap<>();
    Table part = Rows.where(recovery, "noise", noise);
    for (String label : Rows.distinct(part, "explainer")) {
      verdicts.put(label, verdict(Rows.where(part, "explainer", label)));
    }
    return verdicts;
  }
}
