package org.explain4j.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.Score;
import org.junit.jupiter.api.Test;

/** Every verdict of the claims on scores. */
final class ScoreClaimsTest extends ClaimTables {
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
