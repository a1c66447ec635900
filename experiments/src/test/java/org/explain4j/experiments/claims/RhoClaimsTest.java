package org.explain4j.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

/** Every verdict of the claims on rho and the toy. */
final class RhoClaimsTest extends ClaimTables {
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
  void anIntervalThatReachesOutOfTheBandIsUndecided() {
    rho("conv1", 0, "random", -.06, .04);
    rho("conv1", 0, "S_a", .9, 1);
    assertThat(of(Claim.RANDOM_IS_ZERO)).hasSize(1);
    assertThat(of(Claim.RANDOM_IS_ZERO).get(0).place()).isEqualTo("conv1, target post");
    assertThat(verdict(Claim.RANDOM_IS_ZERO)).isEqualTo(Finding.UNDECIDED);
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
        .extracting(ClaimStatement::value, ClaimStatement::low, ClaimStatement::high)
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
            new PairedTest(1e-12, 9e-13, 2e-12, 9e-13, 2e-12, .001, .01, 1, .01),
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
  void pairsOfOtherLayersSayNothingOfADenseLayer() {
    rho("fc1", 1, "S_a", .6, .7);
    pair("fc2", "S_a", "S_a+-", "S_a");
    pair("fc1", "S_w", "S_a", "S_a");
    assertThat(of(Claim.LEARNED_REMOVE_MOST)).hasSize(1);
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.SUPPORTED);
  }

  @Test
  void aTieInADenseLayerLeavesItOpen() {
    rho("fc1", 1, "S_a", .6, .7);
    pair("fc1", "S_a+-", "S_a", "tie");
    assertThat(verdict(Claim.LEARNED_REMOVE_MOST)).isEqualTo(Finding.UNDECIDED);
  }
}
