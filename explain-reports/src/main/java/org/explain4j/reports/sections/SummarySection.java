package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;

/** What the run says, in a few lines; every number is also in the tables below. */
public final class SummarySection {
  private static final String WORDS =
      "By the paired tests of this run, of the first by mean and the others of its layer or group."
          + " better: it is better than each of them; tie: it ties with those that stand with it"
          + " and is better than the rest; undecided: more images might tell.";

  private SummarySection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Section of(RunDirectory run) throws IOException {
    List<Block> blocks = new ArrayList<>();
    run.rows(RunTable.WARNINGS).forEach(row -> blocks.add(new Block.Warning(row.text())));
    List<Block.Fact> setting = setting(run.document("environment.json"));
    int images = run.images().size();
    if (images > 0) {
      setting.add(new Block.Fact("Images explained", Numbers.count(images)));
    }
    blocks.add(new Block.Facts(setting));
    List<Block.Fact> findings =
        new ArrayList<>(estimators(run.signalQuality(), run.rows(RunTable.RHO_COMPARISONS)));
    findings.addAll(methods(run.scores(), run.comparisons(), Methods.of(run)));
    boolean compares = !findings.isEmpty();
    findings.addAll(recovered(run.rows(RunTable.SIGNAL_RECOVERY)));
    if (!findings.isEmpty()) {
      blocks.add(new Block.Heading("What this run says"));
      if (compares) {
        blocks.add(new Block.Paragraph(WORDS));
      }
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

  private static List<Block.Fact> estimators(List<LayerRho> rho, List<RhoDifference> pairs) {
    List<Block.Fact> facts = new ArrayList<>();
    for (String solver : RowSelection.distinct(rho, row -> row.task().solver())) {
      for (String target : RowSelection.distinct(rho, row -> row.task().target())) {
        Map<Leaders, List<String>> layers = Standing.ofEstimators(rho, pairs, solver, target);
        if (!layers.isEmpty()) {
          String text =
              layers.entrySet().stream()
                  .map(
                      e ->
                          e.getKey().words(name -> name)
                              + " (in "
                              + String.join(", ", e.getValue())
                              + ")")
                  .collect(Collectors.joining("; "));
          facts.add(new Block.Fact("ρ, target " + target + ", solver " + solver, text + "."));
        }
      }
    }
    return facts;
  }

  static List<String> byMean(List<LayerRho> layer) {
    Comparator<LayerRho> order = Comparator.comparingDouble(row -> row.rho().mean());
    return layer.stream()
        .filter(row -> !Double.isNaN(row.rho().mean()))
        .sorted(order.reversed())
        .map(row -> row.task().estimator())
        .distinct()
        .toList();
  }

  private static List<Block.Fact> methods(
      List<Score> scores, List<PairedDifference> pairs, Methods methods) {
    List<Block.Fact> facts = new ArrayList<>();
    for (String metric : RowSelection.distinct(scores, Score::metric)) {
      List<Score> ofMetric = RowSelection.where(scores, Score::metric, metric);
      for (String score : RowSelection.distinct(ofMetric, Score::score)) {
        List<Score> rows = RowSelection.where(ofMetric, Score::score, score);
        List<PairedDifference> own =
            RowSelection.where(
                pairs, pair -> pair.metric().equals(metric) && pair.score().equals(score));
        facts.add(new Block.Fact(measure(metric, rows.get(0)), sentence(rows, own, methods)));
      }
    }
    return facts;
  }

  static String measure(String metric, Score score) {
    String good = score.lowerIsBetter() ? "lower" : "higher";
    return String.format(Locale.ROOT, "%s %s (%s is better)", metric, score.score(), good);
  }

  private static String sentence(List<Score> rows, List<PairedDifference> pairs, Methods methods) {
    List<Leaders.Outcome> outcomes = pairs.stream().map(Leaders.Outcome::of).toList();
    List<String> parts = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
      Map<String, String> shown = new LinkedHashMap<>(); // with its interval, the best mean first
      byMean(rows, group.getValue())
          .forEach(
              row ->
                  shown.put(row.explainer(), row.explainer() + " " + Numbers.interval(row.band())));
      List<String> names = List.copyOf(shown.keySet());
      if (!names.isEmpty()) {
        String words =
            names.size() == 1
                ? shown.get(names.get(0)) // nothing to compare it with
                : Leaders.of(names, outcomes).words(shown::get);
        parts.add(Methods.name(group.getKey()) + " – " + words);
      }
    }
    String text = String.join("; ", parts) + ".";
    List<Score> base = RowSelection.where(rows, Score::explainer, Score.BASELINE);
    if (base.isEmpty()) {
      return text;
    }
    text += " Random baseline: " + Numbers.interval(base.get(0).band()) + ".";
    return text + against(pairs);
  }

  /** The outcome of the paired tests against the baseline; nothing for runs of older versions. */
  private static String against(List<PairedDifference> pairs) {
    List<String> worse = new ArrayList<>();
    List<String> notBetter = new ArrayList<>();
    for (PairedDifference pair : pairs) {
      if (pair.isWithBaseline() && pair.verdict().isPresent()) {
        if (pair.better().filter(Score.BASELINE::equals).isPresent()) {
          worse.add(pair.explainerA());
        } else if (pair.better().isEmpty()) {
          notBetter.add(pair.explainerA() + " (" + pair.words() + ")");
        }
      }
    }
    return (worse.isEmpty() ? "" : " Worse than the baseline: " + String.join(", ", worse) + ".")
        + (notBetter.isEmpty()
            ? ""
            : " Not better than the baseline: " + String.join(", ", notBetter) + ".");
  }

  /** The scores of some methods, the best mean first. */
  static List<Score> byMean(List<Score> scores, List<String> labels) {
    Comparator<Score> order = Comparator.comparingDouble(row -> row.band().mean());
    return scores.stream()
        .filter(row -> labels.contains(row.explainer()) && !Double.isNaN(row.band().mean()))
        .sorted(scores.get(0).lowerIsBetter() ? order : order.reversed())
        .toList();
  }

  private static List<Block.Fact> recovered(List<RecoveredSignal> recovery) {
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
