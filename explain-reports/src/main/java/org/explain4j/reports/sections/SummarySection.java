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
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;

/** What the run says, in a few lines; every number is also in the tables below. */
public final class SummarySection {
  private SummarySection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Section of(RunDirectory run) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<Block.Fact> setting = setting(run.document("environment.json"));
    int images = run.images().size();
    if (images > 0) {
      setting.add(new Block.Fact("Images explained", Numbers.count(images)));
    }
    blocks.add(new Block.Facts(setting));
    List<Block.Fact> findings = new ArrayList<>(bestEstimators(run.signalQuality()));
    findings.addAll(bestMethods(run.scores(), run.rows(RunTable.COMPARISONS), Methods.of(run)));
    findings.addAll(recovered(run.rows(RunTable.SIGNAL_RECOVERY)));
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

  private static List<Block.Fact> bestEstimators(List<LayerRho> rho) {
    List<Block.Fact> facts = new ArrayList<>();
    for (String solver : RowSelection.distinct(rho, row -> row.task().solver())) {
      for (String target : RowSelection.distinct(rho, row -> row.task().target())) {
        List<LayerRho> part = SignalQualitySection.of(rho, solver, target);
        Map<String, Integer> wins = new LinkedHashMap<>();
        List<String> layers = RowSelection.distinct(part, row -> row.task().layer());
        for (String layer : layers) {
          best(RowSelection.where(part, row -> row.task().layer(), layer))
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

  private static Optional<String> best(List<LayerRho> layer) {
    Optional<LayerRho> best = Optional.empty();
    for (LayerRho row : layer) {
      double mean = row.rho().band().mean();
      if (!Double.isNaN(mean) && (best.isEmpty() || mean > best.get().rho().band().mean())) {
        best = Optional.of(row);
      }
    }
    return best.map(row -> row.task().estimator() + " (fit " + row.task().fitOn() + ")");
  }

  private static List<Block.Fact> bestMethods(
      List<Score> scores, List<PairedDifference> pairs, Methods methods) {
    List<Block.Fact> facts = new ArrayList<>();
    for (String metric : RowSelection.distinct(scores, Score::metric)) {
      List<Score> ofMetric = RowSelection.where(scores, Score::metric, metric);
      for (String score : RowSelection.distinct(ofMetric, Score::score)) {
        List<Score> rows = RowSelection.where(ofMetric, Score::score, score);
        boolean lower = rows.get(0).lowerIsBetter();
        facts.add(
            new Block.Fact(
                (lower ? "Lowest " : "Highest ") + metric + " " + score + " (better)",
                sentence(rows, pairs, methods)));
      }
    }
    return facts;
  }

  private static String sentence(List<Score> rows, List<PairedDifference> pairs, Methods methods) {
    boolean lower = rows.get(0).lowerIsBetter();
    List<String> parts = new ArrayList<>();
    Comparator<Score> order = Comparator.comparingDouble(row -> row.band().mean());
    for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
      List<Score> there =
          rows(rows, group.getValue()).stream().sorted(lower ? order : order.reversed()).toList();
      if (!there.isEmpty()) {
        parts.add(
            "%s: %s %s"
                .formatted(
                    Methods.name(group.getKey()),
                    there.get(0).explainer(),
                    Numbers.interval(there.get(0).band())));
      }
    }
    String text = String.join("; ", parts) + ".";
    List<Score> base = RowSelection.where(rows, Score::explainer, Score.BASELINE);
    if (base.isEmpty()) {
      return text;
    }
    text += " Random baseline: " + Numbers.interval(base.get(0).band()) + ".";
    return text + against(pairs, rows.get(0));
  }

  /** The outcome of the paired tests against the baseline; nothing for runs of older versions. */
  private static String against(List<PairedDifference> pairs, Score of) {
    List<String> worse = new ArrayList<>();
    List<String> notBetter = new ArrayList<>();
    for (PairedDifference pair : pairs) {
      boolean here = pair.metric().equals(of.metric()) && pair.score().equals(of.score());
      if (here && pair.isWithBaseline() && pair.verdict().isPresent()) {
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

  private static List<Score> rows(List<Score> scores, List<String> labels) {
    return RowSelection.where(
        scores, row -> labels.contains(row.explainer()) && !Double.isNaN(row.band().mean()));
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
