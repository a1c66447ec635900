package org.explain4j.experiments.stages;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Group;
import org.explain4j.api.KebabCase;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the table of paired methods should say. */
record TwinMetricPairs(RunDirectory run, TwinMetricTables metrics) {

  /** Compares every row. */
  String check() throws IOException {
    TwinTable<PairedDifference> table = new TwinTable<>(run, RunTable.COMPARISONS);
    List<String> questions = questions();
    assertThat(table.rows().stream().map(TwinMetricPairs::question))
        .containsExactlyElementsOf(questions);
    for (PairedDifference row : table.rows()) {
      double[] difference =
          TwinResampled.minus(
              metrics.values(row.explainerA(), row.score()),
              metrics.values(row.explainerB(), row.score()));
      double mean = NaiveStatistics.mean(difference);
      double[] outer = metrics.interval(difference, .95);
      // Ranks turn at the last digit: they are those of the stored values, which scores verify.
      double[] stored = TwinResampled.minus(stored(row, true), stored(row, false));
      boolean same = Arrays.stream(stored).distinct().count() == 1;
      double[] inner = same ? new double[] {mean, mean} : metrics.interval(difference, .9);
      double holm = holm(table.rows(), row);
      double effect = NaiveStatistics.effect(stored);
      Verdict verdict = verdict(holm, inner, Math.signum(effect) * Math.signum(mean));
      boolean first = mean < 0 == TwinMetricTables.lower(row.score());
      table.check(
          row,
          Map.ofEntries(
              entry("metric", "degradation"),
              entry("score", row.score()),
              entry("group", KebabCase.of(row.group())),
              entry("explainer_a", row.explainerA()),
              entry("explainer_b", row.explainerB()),
              entry("difference", mean),
              entry("low", outer[0]),
              entry("high", outer[1]),
              entry("low90", inner[0]),
              entry("high90", inner[1]),
              entry("p_value", NaiveStatistics.signedRanks(stored)),
              entry("p_holm", holm),
              entry("effect", effect),
              entry("margin", TwinMetricTables.MARGIN),
              entry("verdict", verdict.word()),
              entry(
                  "better",
                  verdict != Verdict.BETTER ? "" : first ? row.explainerA() : row.explainerB()),
              entry("images", difference.length),
              entry("missing", 0)));
    }
    return table.finish(questions.size());
  }

  private static String question(PairedDifference row) {
    return String.join(" ", row.score(), row.explainerA(), row.explainerB());
  }

  /** Every two methods of a group, and each with the baseline where the score has one. */
  private List<String> questions() throws IOException {
    List<String> questions = new ArrayList<>();
    for (Group group : Group.values()) {
      List<String> methods =
          run.explainers().stream()
              .filter(method -> method.group() == group)
              .map(ExplainerRun::explainer)
              .toList();
      for (String score : run.scores().stream().map(Score::score).distinct().toList()) {
        boolean baseline =
            run.scores().stream()
                .anyMatch(
                    row -> row.score().equals(score) && row.explainer().equals(Score.BASELINE));
        for (int i = 0; i < methods.size(); i++) {
          for (String other : methods.subList(i + 1, methods.size())) {
            questions.add(String.join(" ", score, methods.get(i), other));
          }
          if (baseline) {
            questions.add(String.join(" ", score, methods.get(i), Score.BASELINE));
          }
        }
      }
    }
    return questions;
  }

  /** As the run kept them, one per image. */
  private double[] stored(PairedDifference row, boolean a) {
    String explainer = a ? row.explainerA() : row.explainerB();
    String file = "scores/degradation." + row.score() + "." + explainer + ".npy";
    try (INDArray values = Nd4j.createFromNpyFile(run.path().resolve(file).toFile())) {
      return values.toDoubleVector();
    }
  }

  private static Verdict verdict(double holm, double[] inner, double sign) {
    boolean inside = -TwinMetricTables.MARGIN < inner[0] && inner[1] < TwinMetricTables.MARGIN;
    return holm < .05 && sign > 0 ? Verdict.BETTER : inside ? Verdict.TIE : Verdict.UNDECIDED;
  }

  private static double holm(List<PairedDifference> rows, PairedDifference row) {
    List<Double> family = new ArrayList<>();
    rows.stream()
        .filter(other -> other.group() == row.group())
        .forEach(other -> family.add(other.test().pValue()));
    return NaiveStatistics.holm(family.stream().mapToDouble(p -> p).toArray(), row.test().pValue());
  }
}
