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

/** Curves, scores and paired comparisons of each metric; degradation is the paper's Fig. 4a. */
public final class MetricSections {
  private static final Map<String, String> ORDERS =
      Map.of("morf", "most relevant first (MoRF)", "lerf", "least relevant first (LeRF)");

  private final Methods methods;
  private final Table scores;
  private final Optional<Table> curves;
  private final Optional<Table> axes;
  private final Optional<Table> comparisons;
  private final Optional<Table> notes;

  private MetricSections(RunDirectory run, Table scores) throws IOException {
    this.scores = scores;
    methods = Methods.of(run);
    curves = run.table(RunTable.CURVES);
    axes = run.table(RunTable.CURVE_AXES);
    comparisons = run.table(RunTable.COMPARISONS);
    notes = run.table(RunTable.NOTES);
  }

  /**
   * A section for each family of metrics.
   *
   * @throws IOException if a file is damaged
   */
  public static List<Section> of(RunDirectory run) throws IOException {
    Optional<Table> scores = run.table(RunTable.SCORES);
    if (scores.isEmpty()) {
      return List.of();
    }
    MetricSections sections = new MetricSections(run, scores.get());
    List<Section> list = new ArrayList<>();
    for (String family : Rows.distinct(scores.get(), "family")) {
      list.add(sections.section(family));
    }
    return list;
  }

  private Section section(String family) {
    List<Block> blocks = new ArrayList<>();
    Table ofFamily = Rows.where(scores, "family", family);
    for (String metric : Rows.distinct(ofFamily, "metric")) {
      blocks.add(new Block.Heading(metric));
      notes
          .map(table -> Rows.where(table, "metric", metric))
          .filter(table -> !table.isEmpty())
          .ifPresent(table -> blocks.add(new Block.Facts(facts(table))));
      curves.ifPresent(table -> figures(blocks, Rows.where(table, "metric", metric)));
      blocks.add(scores(metric, Rows.where(ofFamily, "metric", metric)));
      comparisons
          .map(table -> Rows.where(table, "metric", metric))
          .filter(table -> !table.isEmpty())
          .ifPresent(table -> blocks.add(comparisons(table)));
    }
    String title = family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
    return new Section(
        "metric-" + family,
        family.equals("degradation") ? "Image degradation (Fig. 4a)" : title,
        blocks);
  }

  private static List<Block.Fact> facts(Table notes) {
    List<Block.Fact> facts = new ArrayList<>();
    for (Row row : notes) {
      facts.add(new Block.Fact(row.getString("key"), row.getString("value")));
    }
    return facts;
  }

  private void figures(List<Block> blocks, Table curves) {
    for (String curve : Rows.distinct(curves, "curve")) {
      Table part = Rows.where(curves, "curve", curve);
      String metric = part.row(0).getString("metric");
      Chart.Axis x = Chart.Axis.of(label(metric, curve, "x_label", "x"));
      Chart.Axis y = Chart.Axis.of(label(metric, curve, "y_label", "mean"));
      for (Row row : part) {
        for (String column : List.of("mean", "low", "high")) {
          double value = row.getDouble(column);
          y = Double.isNaN(value) ? y : y.including(value, value);
        }
        x = x.including(row.getDouble("x"), row.getDouble("x"));
      }
      y = y.including(y.min(), y.max() == y.min() ? y.max() + 1 : y.max());
      List<Block.Panel> panels = new ArrayList<>();
      for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
        List<Line> lines = lines(part, group.getValue());
        if (!lines.isEmpty()) {
          baseline(part).ifPresent(line -> lines.add(0, line));
          String title = Methods.name(group.getKey());
          String name = metric + ", " + curve + ": " + title;
          Chart chart = new Chart(name, x, y, List.of(), lines, Chart.Size.PANEL);
          panels.add(new Block.Panel(title, chart.svg()));
        }
      }
      blocks.add(new Block.Figure(metric + "-" + curve, panels, caption(part, metric, curve)));
    }
  }

  private String caption(Table part, String metric, String curve) {
    Table ofMethods = Rows.where(part, row -> !row.getString("explainer").equals(Methods.BASELINE));
    Table base = Rows.where(part, "explainer", Methods.BASELINE);
    return "%s, %s: mean over %s images with its bootstrap 95 %% band; one panel per group: compare methods within a group only.%s"
        .formatted(
            metric,
            ORDERS.getOrDefault(curve, curve),
            Rows.range(ofMethods, "images", Numbers::count),
            base.isEmpty() ? "" : " Dashed with grey band: the random baseline over its seeds.");
  }

  private String label(String metric, String curve, String column, String otherwise) {
    return axes.map(
            table ->
                Rows.where(
                    table,
                    row ->
                        row.getString("metric").equals(metric)
                            && row.getString("curve").equals(curve)))
        .filter(rows -> !rows.isEmpty())
        .map(rows -> rows.row(0).getString(column))
        .orElse(otherwise);
  }

  private static List<Line> lines(Table part, List<String> labels) {
    List<Line> lines = new ArrayList<>();
    for (int k = 0; k < labels.size(); k++) {
      Table rows = Rows.where(part, "explainer", labels.get(k));
      if (rows.doubleColumn("mean").countMissing() < rows.rowCount()) {
        lines.add(line(labels.get(k), rows, Line.Look.of(k)));
      }
    }
    return lines;
  }

  private static Optional<Line> baseline(Table part) {
    Table rows = Rows.where(part, "explainer", Methods.BASELINE);
    return rows.doubleColumn("mean").countMissing() == rows.rowCount()
        ? Optional.empty()
        : Optional.of(line("random baseline", rows, Line.Look.reference(Line.Dash.DASHED)));
  }

  private static Line line(String name, Table rows, Line.Look look) {
    Table ordered = rows.sortAscendingOn("point");
    return new Line(
        name,
        ordered.doubleColumn("x").asDoubleArray(),
        ordered.doubleColumn("mean").asDoubleArray(),
        ordered.doubleColumn("low").asDoubleArray(),
        ordered.doubleColumn("high").asDoubleArray(),
        look);
  }

  private Block scores(String metric, Table scores) {
    List<String> names = Rows.distinct(scores, "score");
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("group", false));
    columns.add(new Block.Column("method", false));
    for (String name : names) {
      String direction = Rows.where(scores, "score", name).row(0).getString("direction");
      columns.add(new Block.Column(name + (direction.equals("lower") ? " ↓" : " ↑"), true));
    }
    columns.add(new Block.Column("images", true));
    columns.add(new Block.Column("missing", true));
    List<List<String>> rows = new ArrayList<>();
    for (String label : methods.ordered(Rows.distinct(scores, "explainer"))) {
      Table ofMethod = Rows.where(scores, "explainer", label);
      List<String> cells = new ArrayList<>();
      cells.add(methods.groupOf(label).map(Methods::name).orElse(""));
      cells.add(label.equals(Methods.BASELINE) ? "random baseline" : label);
      for (String name : names) {
        Table score = Rows.where(ofMethod, "score", name);
        cells.add(score.isEmpty() ? Numbers.MISSING : interval(score.row(0)));
      }
      cells.add(Rows.range(ofMethod, "images", Numbers::count));
      cells.add(Rows.range(ofMethod, "missing", Numbers::count));
      rows.add(cells);
    }
    return new Block.Table(
        metric
            + ": mean over images and its bootstrap 95 % interval. ↓ lower is better, ↑ higher is better;"
            + " missing: images without a value.",
        columns,
        rows,
        false);
  }

  static String interval(Row row) {
    return Numbers.interval(row.getDouble("mean"), row.getDouble("low"), row.getDouble("high"));
  }

  private static Block comparisons(Table table) {
    return Tables.folded(
        "Pairs of methods of one group on the same images: mean of a minus b, its bootstrap 95 %"
            + " interval, and p of the Wilcoxon signed-rank test (not corrected for their number: "
            + table.rowCount()
            + ").",
        table.selectColumns(
            "score",
            "group",
            "explainer_a",
            "explainer_b",
            "difference",
            "low",
            "high",
            "p_value",
            "images"));
  }
}
