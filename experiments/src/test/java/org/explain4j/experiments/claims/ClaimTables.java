package org.explain4j.experiments.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.experiments.configuration.ClaimSettings;
import org.explain4j.experiments.configuration.Comparisons;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;

/** Tables that are made for a test of claims. */
abstract class ClaimTables {
  static final double NAN = Double.NaN;
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final Map<String, String> ESTIMATORS =
      Map.of("random", "random", "S_w", "filter", "S_a", "linear", "S_a+-", "two-component");
  private static final Map<String, String> MAPS =
      Map.of("lrp", "identity", "any", "random", "map w", "filter", "map a", "two-component");
  private static final Map<String, String> EXPLAINERS =
      Map.of("PN", "pattern-net", "PN w", "pattern-net", "gbp", "guided-backprop");
  private static final Map<String, String> PATTERNS =
      Map.of("PN", "two-component", "PN w", "filter", "PN a", "linear");

  private final List<LayerRho> rho = new ArrayList<>();
  final List<RhoDifference> pairs = new ArrayList<>();
  final List<RecoveredSignal> toy = new ArrayList<>();
  private final List<Score> scores = new ArrayList<>();
  private final Map<String, double[]> values = new HashMap<>();

  final List<ClaimStatement> of(Claim claim) {
    Roles roles = new Roles(ESTIMATORS, MAPS, EXPLAINERS, PATTERNS, "closed-form", List.of("fc1"));
    Evidence evidence =
        new Evidence(
            rho,
            pairs,
            toy,
            scores,
            (score, label) -> values.get(score.score() + label),
            new Comparisons(),
            new Bootstrap(500, 1));
    return ClaimStage.parts(roles, evidence, new ClaimSettings()).stream()
        .filter(part -> part.claim() == claim)
        .toList();
  }

  final Finding verdict(Claim claim) {
    return Finding.of(of(claim));
  }

  final void rho(String layer, int index, String estimator, double low, double high) {
    double mean = (low + high) / 2;
    rho.add(
        new LayerRho(
            new LayerRho.Task(layer, index, estimator, "pre", "post", "closed-form"),
            9,
            OptionalLong.of(9),
            OptionalLong.of(9),
            new LayerRho.Summary(mean, low, high, NAN, NAN, mean, mean, 0, 0, 0, 0, 0, 0),
            new LayerRho.Sampling(1, 2, 3, 4, 0, 0, 0, 1),
            new LayerRho.Solution(0, NONE, NONE, NONE, 0, NONE, NAN, NAN, NAN)));
  }

  /** Of a minus b; who is better, or the verdict. */
  final void pair(String layer, String a, String b, String outcome) {
    Verdict verdict =
        outcome.equals("tie")
            ? Verdict.TIE
            : outcome.isEmpty() ? Verdict.UNDECIDED : Verdict.BETTER;
    Optional<String> better =
        verdict == Verdict.BETTER ? Optional.of(outcome) : Optional.<String>empty();
    double difference = outcome.equals(b) ? -.3 : outcome.equals(a) ? .3 : 0;
    double inner = verdict == Verdict.TIE ? .005 : .05;
    pairs.add(
        new RhoDifference(
            layer,
            0,
            "post",
            "closed-form",
            a,
            b,
            9,
            new PairedTest(
                difference,
                difference - .1,
                difference + .1,
                difference - inner,
                difference + inner,
                .01,
                .02,
                1,
                .01),
            verdict,
            better,
            100));
  }

  /** Values of a method whose mean is given, for 40 images. */
  final void score(String score, String explainer, double mean) {
    boolean similarity = !score.startsWith("mean-probability");
    SplittableRandom random = new SplittableRandom(explainer.hashCode());
    double[] drawn =
        IntStream.range(0, 40).mapToDouble(i -> mean + .2 * (random.nextDouble() - .5)).toArray();
    values.put(score + explainer, drawn);
    double average = Arrays.stream(drawn).average().orElseThrow();
    scores.add(
        new Score(
            similarity ? "input-similarity" : "degradation",
            similarity ? "similarity" : "degradation",
            score,
            similarity ? "higher" : "lower",
            explainer,
            new Band(average, NAN, NAN),
            40,
            0,
            .02,
            NAN,
            NAN));
  }
}
