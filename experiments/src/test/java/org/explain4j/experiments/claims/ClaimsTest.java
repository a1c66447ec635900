package org.explain4j.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Group;
import org.explain4j.experiments.configuration.ClaimSettings;
import org.explain4j.experiments.configuration.Comparisons;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimPart;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

/** Every verdict of every claim, on tables made for it. */
final class ClaimsTest {
  private static final double NAN = Double.NaN;
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
  private final List<RhoDifference> pairs = new ArrayList<>();
  private final List<RecoveredSignal> toy = new ArrayList<>();
  private final List<Score> scores = new ArrayList<>();
  private final Map<String, double[]> values = new HashMap<>();

  private List<ClaimPart> of(Claim claim) {
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

  private Finding verdict(Claim claim) {
    return Finding.of(of(claim));
  }

  private void rho(String layer, int index, String estimator, double low, double high) {
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
  private void pair(String layer, String a, String b, String outcome) {
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
            difference,
            difference - .1,
            difference + .1,
            difference - inner,
            difference + inner,
            .01,
            .02,
            1,
            .01,
            verdict,
            better,
            100));
  }

  /** Values of a method whose mean is given, for 40 images. */
  private void score(String score, String explainer, double mean) {
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

  @Test
  void whatIsNotMeasuredIsUndecided() {
    for (Claim claim : Claim.values()) {
      assertThat(of(claim)).isEmpty();
      assertThat(verdict(claim)).isEqualTo(Finding.UNDECIDED);
    }
  }

  private void toy(double mean, String explainer, String verdict) {
    toy.add(new RecoveredSignal("mean", mean, explainer, Group.SIGNAL, .9, verdict));
  }

  @Test
  void theToyIsSolvedByPatternMethodsOnly() {
    toy.add(new RecoveredSignal("distractor", 90, "gbp", Group.SIGNAL, 1, ""));
    toy(0, "PN", "PASS");
    toy(.5, "PN a", "PASS");
    toy(0, "PN w", "FAIL");
    toy(0, "gbp", "FAIL");
    assertThat(of(Claim.TOY)).hasSize(4);
    assertThat(verdict(Claim.TOY)).isEqualTo(Finding.SUPPORTED);
    toy(.5, "PN", "FAIL"); // Eq. 7 where the distractor has a mean
    assertThat(verdict(Claim.TOY)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void aMethodWithoutPatternsThatSolvesTheToyContradicts() {
    toy(0, "PN", "PASS");
    toy(0, "gbp", "PASS");
    assertThat(verdict(Claim.TOY)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void randomIsZeroIfItsIntervalLiesInTheBand() {
    rho("conv1", 0, "random", -.04, .04);
    assertThat(verdict(Claim.RANDOM_IS_ZERO)).isEqualTo(Finding.SUPPORTED);
    rho("conv2", 1, "random", .03, .07);
    assertThat(verdict(Claim.RANDOM_IS_ZERO)).isEqualTo(Finding.UNDECIDED);
    rho("conv3", 2, "random", .19, .21);
    assertThat(verdict(Claim.RANDOM_IS_ZERO)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void randomWithoutAnIntervalIsUndecided() {
    rho("conv1", 0, "random", NAN, NAN);
    assertThat(verdict(Claim.RANDOM_IS_ZERO)).isEqualTo(Finding.UNDECIDED);
    rho("conv2", 1, "random", -.2, -.1);
    assertThat(verdict(Claim.RANDOM_IS_ZERO)).isEqualTo(Finding.CONTRADICTED);
  }

  private void layers(int count) {
    for (int i = 0; i < count; i++) {
      rho("l" + i, i, "S_w", .1, .2);
    }
  }

  @Test
  void theFilterIsAboveRandomInEarlyLayersOnly() {
    layers(4);
    pair("l0", "random", "S_w", "S_w");
    pair("l1", "random", "S_w", "S_w");
    pair("l2", "random", "S_w", "tie");
    pair("l3", "random", "S_w", "random");
    assertThat(of(Claim.FILTER_EARLY_ONLY)).hasSize(4);
    assertThat(verdict(Claim.FILTER_EARLY_ONLY)).isEqualTo(Finding.SUPPORTED);
    assertThat(of(Claim.FILTER_EARLY_ONLY).get(0))
        .extracting(ClaimPart::value, ClaimPart::low, ClaimPart::high)
        .containsExactly(.3, .3 - .1, .3 + .1);
  }

  @Test
  void theFilterBelowRandomInAnEarlyLayerContradicts() {
    layers(6);
    pair("l0", "random", "S_w", "random");
    assertThat(verdict(Claim.FILTER_EARLY_ONLY)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void theFilterAboveRandomInALateLayerContradicts() {
    layers(6);
    pair("l5", "S_w", "random", "S_w");
    assertThat(verdict(Claim.FILTER_EARLY_ONLY)).isEqualTo(Finding.CONTRADICTED);
  }

  /** 1.6e-12 above, and beyond chance: nothing that anyone would call above. */
  @Test
  void theFilterAboveRandomByNextToNothingIsATie() {
    layers(2);
    pairs.add(
        new RhoDifference(
            "l1",
            1,
            "post",
            "closed-form",
            "S_w",
            "random",
            9,
            1e-12,
            9e-13,
            2e-12,
            9e-13,
            2e-12,
            .001,
            .01,
            1,
            .01,
            Verdict.BETTER,
            Optional.of("S_w"),
            100));
    assertThat(of(Claim.FILTER_EARLY_ONLY)).hasSize(1);
    assertThat(verdict(Claim.FILTER_EARLY_ONLY)).isEqualTo(Finding.SUPPORTED);
  }

  @Test
  void layersInBetweenSayNothingOfTheFilter() {
    layers(6);
    pair("l0", "S_w", "random", "");
    pair("l2", "S_w", "random", "random");
    pair("l3", "S_w", "random", "S_w");
    assertThat(of(Claim.FILTER_EARLY_ONLY)).hasSize(1);
    assertThat(verdict(Claim.FILTER_EARLY_ONLY)).isEqualTo(Finding.UNDECIDED);
  }

  @Test
  void learnedEstimatorsRemoveMostAndTwoComponentMoreInDenseLayers() {
    rho("conv1", 0, "S_a", .6, .7);
    rho("fc1", 1, "S_a", .6, .7);
    rho("fc1", 1, "S_a+-", .7, .8);
    pair("conv1", "S_a", "S_a+-", "S_a"); // no dense layer
    pair("fc1", "S_a", "S_a+-", "S_a+-");
    assertThat(of(Claim.LEARNED_REMOVE_MOST)).hasSize(4);
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.SUPPORTED);
    rho("conv1", 0, "S_a+-", .45, .55);
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.UNDECIDED);
    rho("conv2", 0, "S_a+-", .3, .4);
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void linearAboveTwoComponentInADenseLayerContradicts() {
    rho("fc1", 1, "S_a", .6, .7);
    pair("fc1", "S_a+-", "S_a", "S_a");
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void aTieInADenseLayerLeavesItOpen() {
    rho("fc1", 1, "S_a", .6, .7);
    pair("fc1", "S_a+-", "S_a", "tie");
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.UNDECIDED);
  }

  private void degradation(double two, double lrp, double filter, double random) {
    for (String score : List.of("mean-probability", "mean-probability-16-percent")) {
      score(score, "map a", two);
      score(score, "lrp", lrp);
      score(score, "map w", filter);
      score(score, "any", .1); // a map of random numbers is no random order of patches
      score(score, Score.BASELINE, random);
    }
  }

  @Test
  void twoComponentDegradesFastestAndRandomSlowest() {
    degradation(.2, .4, .5, .8);
    assertThat(of(Claim.FASTEST_DEGRADATION)).hasSize(2 * (2 + 1 + 2));
    assertThat(verdict(Claim.FASTEST_DEGRADATION)).isEqualTo(Finding.SUPPORTED);
  }

  @Test
  void aMapThatDegradesFasterContradicts() {
    degradation(.4, .2, .5, .8);
    assertThat(verdict(Claim.FASTEST_DEGRADATION)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void aMapWorseThanRandomContradicts() {
    degradation(.2, .4, .9, .8);
    assertThat(verdict(Claim.FASTEST_DEGRADATION)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void mapsThatDegradeAlikeLeaveItOpen() {
    degradation(.4, .4, .5, .8);
    assertThat(verdict(Claim.FASTEST_DEGRADATION)).isEqualTo(Finding.UNDECIDED);
  }

  @Test
  void patternNetIsMoreLikeTheInputThanItsRivals() {
    score("ssim", "PN", .6);
    score("ssim", "PN w", .1); // filters are no patterns
    score("ssim", "gbp", .3);
    assertThat(of(Claim.SIGNAL_LIKE_INPUT)).hasSize(1);
    assertThat(verdict(Claim.SIGNAL_LIKE_INPUT)).isEqualTo(Finding.SUPPORTED);
    score("correlation", "PN", .3);
    score("correlation", "gbp", .6);
    assertThat(verdict(Claim.SIGNAL_LIKE_INPUT)).isEqualTo(Finding.CONTRADICTED);
  }

  @Test
  void patternNetLikeItsRivalLeavesItOpen() {
    score("ssim", "PN", .5);
    score("ssim", "gbp", .5);
    assertThat(verdict(Claim.SIGNAL_LIKE_INPUT)).isEqualTo(Finding.UNDECIDED);
  }

  /** All questions of a claim are one family: what alone is significant need not be among them. */
  @Test
  void questionsAreAdjustedForTheirNumber() {
    score("ssim", "PN", .6);
    score("ssim", "gbp", .3);
    double alone = of(Claim.SIGNAL_LIKE_INPUT).get(0).pHolm();
    score("correlation", "PN", .6);
    score("correlation", "gbp", .3);
    assertThat(of(Claim.SIGNAL_LIKE_INPUT).get(0).pHolm()).isEqualTo(2 * alone);
  }
}
