package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** What the run says, in a few lines: only what the tables below hold. */
public final class SummarySection {
  private SummarySection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Section of(RunDirectory run) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<Block.Fact> setting = setting(run.document("environment.json"));
    run.table(RunTable.IMAGES)
        .ifPresent(
            t -> setting.add(new Block.Fact("Images explained", Numbers.count(t.rowCount()))));
    blocks.add(new Block.Facts(setting));
    List<Block.Fact> findings = new ArrayList<>();
    Optional<Table> rho = run.table(RunTable.SIGNAL_QUALITY);
    rho.ifPresent(table -> findings.addAll(bestEstimators(table)));
    Optional<Table> scores = run.table(RunTable.SCORES);
    if (scores.isPresent()) {
      findings.addAll(bestMethods(scores.get(), Methods.of(run)));
    }
    run.table(RunTable.SIGNAL_RECOVERY).ifPresent(t -> findings.addAll(recovered(t)));
    if (!findings.isEmpty()) {
      blocks.add(new Block.Heading("What this run says"));
      blocks.add(new Block.Facts(findings));
    }
    return new Section("summary", "Summary", blocks);
  }

  private static List<Block.Fact> setting(Map<?, ?> environment) {
    List<Block.Fact> facts = new ArrayList<>();
    if (environment.get("model") instanceof Map<?, ?> model) {
      StringBuilder text = new StringBuilder(text(model.get("name")));
      if (model.get("parameters") instanceof Number parameters) {
        text.append(", ").append(Numbers.count(parameters.doubleValue())).append(" parameters");
      }
      facts.add(new Block.Fact("Network", text.toString()));
      if (model.get("accuracy") instanceof Number accuracy) {
        facts.add(new Block.Fact("Test accuracy", Numbers.percent(accuracy.doubleValue())));
      }
      if (model.get("notes") instanceof List<?> notes) {
        notes.forEach(note -> facts.add(new Block.Fact("Note", text(note))));
      }
    }
    if (environment.get("dataset") instanceof Map<?, ?> dataset) {
      facts.add(new Block.Fact("Data", text(dataset.get("name"))));
    }
    if (environment.get("splits") instanceof Map<?, ?> splits) {
      String sizes =
          splits.entrySet().stream()
              .filter(split -> split.getValue() instanceof Map)
              .map(
                  split ->
                      split.getKey() + ": " + count(((Map<?, ?>) split.getValue()).get("size")))
              .collect(Collectors.joining(", "));
      facts.add(new Block.Fact("Splits (images)", sizes));
    }
    return facts;
  }

  private static String text(Object value) {
    return value == null ? Numbers.MISSING : String.valueOf(value);
  }

  private static String count(Object value) {
    return value instanceof Number number ? Numbers.count(number.doubleValue()) : text(value);
  }

  private static List<Block.Fact> bestEstimators(Table rho) {
    List<Block.Fact> facts = new ArrayList<>();
    for (String solver : Rows.distinct(rho, "solver")) {
      for (String target : Rows.distinct(rho, "target")) {
        Table part = Rows.where(Rows.where(rho, "solver", solver), "target", target);
        Map<String, Integer> wins = new LinkedHashMap<>();
        List<String> layers = Rows.distinct(part, "layer");
        for (String layer : layers) {
          best(Rows.where(part, "layer", layer))
              .ifPresent(name -> wins.merge(name, 1, Integer::sum));
        }
        if (!wins.isEmpty()) {
          String text =
              wins.entrySet().stream()
                  .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                  .map(e -> e.getKey() + " in " + e.getValue() + " of " + layers.size() + " layers")
                  .collect(Collectors.joining("; "));
          facts.add(
              new Block.Fact(
                  "Highest mean ρ, target " + target + ", solver " + solver, text + "."));
        }
      }
    }
    return facts;
  }

  private static Optional<String> best(Table layer) {
    Optional<Row> best = Optional.empty();
    for (int i = 0; i < layer.rowCount(); i++) {
      double mean = layer.doubleColumn("mean").getDouble(i);
      if (!Double.isNaN(mean) && (best.isEmpty() || mean > best.get().getDouble("mean"))) {
        best = Optional.of(layer.row(i));
      }
    }
    return best.map(row -> row.getString("estimator") + " (fit " + row.getString("fit_on") + ")");
  }

  private static List<Block.Fact> bestMethods(Table scores, Methods methods) {
    List<Block.Fact> facts = new ArrayList<>();
    for (String metric : Rows.distinct(scores, "metric")) {
      Table ofMetric = Rows.where(scores, "metric", metric);
      for (String score : Rows.distinct(ofMetric, "score")) {
        Table rows = Rows.where(ofMetric, "score", score);
        boolean lower = rows.row(0).getString("direction").equals("lower");
        facts.add(
            new Block.Fact(
                (lower ? "Lowest " : "Highest ") + metric + " " + score + " (better)",
                sentence(rows, methods, lower)));
      }
    }
    return facts;
  }

  private static String sentence(Table rows, Methods methods, boolean lower) {
    List<String> parts = new ArrayList<>();
    Comparator<Row> order = Comparator.comparingDouble(row -> row.getDouble("mean"));
    for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
      List<Row> there =
          rows(rows, group.getValue()).stream().sorted(lower ? order : order.reversed()).toList();
      if (!there.isEmpty()) {
        parts.add(
            "%s: %s %s"
                .formatted(
                    Methods.name(group.getKey()),
                    there.get(0).getString("explainer"),
                    MetricSections.interval(there.get(0))));
      }
    }
    String text = String.join("; ", parts) + ".";
    Table base = Rows.where(rows, "explainer", Methods.BASELINE);
    if (base.isEmpty()) {
      return text;
    }
    Row baseline = base.row(0);
    text += " Random baseline: " + MetricSections.interval(baseline) + ".";
    if (Double.isNaN(baseline.getDouble("low")) || Double.isNaN(baseline.getDouble("high"))) {
      return text;
    }
    List<String> all = methods.groups().values().stream().flatMap(List::stream).toList();
    List<String> within = new ArrayList<>();
    for (Row row : rows(rows, all)) {
      boolean better =
          lower
              ? row.getDouble("mean") < baseline.getDouble("low")
              : row.getDouble("mean") > baseline.getDouble("high");
      if (!better) {
        within.add(row.getString("explainer"));
      }
    }
    return text
        + " Not better than its band: "
        + (within.isEmpty() ? "none" : String.join(", ", within))
        + ".";
  }

  private static List<Row> rows(Table table, List<String> labels) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < table.rowCount(); i++) {
      if (labels.contains(table.stringColumn("explainer").get(i))
          && !table.doubleColumn("mean").isMissing(i)) {
        rows.add(table.row(i));
      }
    }
    return rows;
  }

  private static List<Block.Fact> recovered(Table recovery) {
    List<Block.Fact> facts = new ArrayList<>();
    SignalRecoverySection.byVerdict(recovery)
        .forEach(
            (verdict, methods) ->
                facts.add(
                    new Block.Fact(
                        "Signal direction: " + verdict, String.join(", ", methods) + ".")));
    return facts;
  }
}
