package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

final class JudgementTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1);

  private static Judgement judge(double[] a, double[] b, double margin) {
    return Judgement.family(List.of(Paired.of(a, b, BOOTSTRAP)), List.of(margin)).get(0);
  }

  private static double[] plus(double[] values, double[] others) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] + others[i]).toArray();
  }

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(v -> factor * v).toArray();
  }

  /** Differences of mean and deviation as said. */
  private static Judgement differing(int images, double mean, double deviation, double margin) {
    double[] b = BootstrapTest.normal(images, 0, 1);
    return judge(
        plus(b, times(deviation, BootstrapTest.normal(images, mean / deviation, 2))), b, margin);
  }

  @Test
  void aDifferenceBeyondChanceIsBetter() {
    Judgement judgement = differing(60, .5, 1, .02);
    assertThat(judgement.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(judgement.verdict().word()).isEqualTo("better");
    assertThat(judgement.better(false)).contains(true);
    assertThat(judgement.better(true)).contains(false);
    assertThat(judgement.reason()).isEmpty();
    assertThat(differing(60, -.5, 1, .02).better(false)).contains(false);
  }

  @Test
  void aDifferenceInsideTheMarginIsATie() {
    Judgement judgement = differing(60, .001, .03, .02);
    assertThat(judgement.verdict()).isEqualTo(Verdict.TIE);
    assertThat(judgement.better(false)).isEmpty();
    Interval inner = judgement.paired().inner().orElseThrow();
    assertThat(inner.low()).isGreaterThan(-.02);
    assertThat(inner.high()).isLessThan(.02);
  }

  @Test
  void aDifferenceThatMayBeAnythingIsUndecided() {
    Judgement judgement = differing(60, 0, 1, .02);
    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(judgement.better(false)).isEmpty();
    assertThat(judgement.reason()).isEmpty();
  }

  @Test
  void fewImagesDecideNothingAndSaySo() {
    double[] a = {9, 9, 9, 9, 9, 9, 9, 9, 9};
    double[] b = {1, 2, 3, 4, 5, 4, 3, 2, 1};
    Judgement judgement = judge(a, b, 100);
    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(judgement.reason()).contains("not enough images (9 of at least 10)");
    assertThat(judgement.paired().pValue()).isEmpty();
    assertThat(judgement.holm()).isEmpty();
    double[] missing = Arrays.copyOf(a, 12);
    Arrays.fill(missing, 9, 12, Double.NaN);
    assertThat(judge(missing, Arrays.copyOf(b, 12), 1).reason()).isPresent();
    assertThat(judge(new double[0], new double[0], 1).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void methodsThatAgreeOnEveryImageAreATie() {
    double[] same = BootstrapTest.normal(30, 0, 1);
    Judgement judgement = judge(same, same, .01);
    assertThat(judgement.verdict()).isEqualTo(Verdict.TIE);
    assertThat(judgement.paired().pValue()).hasValue(1);
    assertThat(judgement.paired().difference().interval()).isEmpty();
  }

  @Test
  void meanAndRanksThatDisagreeDecideNothing() {
    double[] a = new double[40];
    double[] b = new double[40];
    for (int i = 0; i < 40; i++) {
      a[i] = i < 35 ? .1 + .001 * i : -9;
    }
    Judgement judgement = judge(a, b, .02);
    assertThat(judgement.holm().getAsDouble()).isLessThan(.05);
    assertThat(judgement.paired().difference().mean()).isNegative();
    assertThat(judgement.paired().effect().getAsDouble()).isPositive();
    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  /** R: p.adjust(c(.01, .04, .03, .005, .6), "holm"). */
  @Test
  void correctionIsHolms() {
    assertThat(Holm.adjust(new double[] {.01, .04, .03, .005, .6}))
        .containsExactly(new double[] {.04, .09, .09, .025, .6}, within(1e-12));
    assertThat(Holm.adjust(new double[] {.5, .9})).containsExactly(1, 1);
    assertThat(Holm.adjust(new double[] {1, 0})).containsExactly(1, 0);
    assertThat(Holm.adjust(new double[0])).isEmpty();
    assertThatThrownBy(() -> Holm.adjust(new double[] {Double.NaN})).hasMessageContaining("NaN");
  }

  @Test
  void aLargerFamilyAsksForMoreEvidence() {
    Paired found = Paired.of(BootstrapTest.normal(40, .42, 5), new double[40], BOOTSTRAP);
    assertThat(found.pValue().getAsDouble()).isBetween(.005, .05);
    assertThat(Judgement.family(List.of(found), List.of(.02)).get(0).verdict())
        .isEqualTo(Verdict.BETTER);
    Paired nothing = Paired.of(BootstrapTest.normal(40, 0, 6), new double[40], BOOTSTRAP);
    Paired few = Paired.of(new double[4], new double[4], BOOTSTRAP);
    List<Paired> family = new ArrayList<>(Collections.nCopies(10, nothing));
    family.add(few);
    family.add(found);
    List<Judgement> judged = Judgement.family(family, Collections.nCopies(12, .02));
    assertThat(judged.get(11).holm().getAsDouble())
        .isCloseTo(11 * found.pValue().getAsDouble(), within(1e-12));
    assertThat(judged.get(11).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(judged.get(10).holm()).isEmpty();
  }

  @Test
  void aFamilyWithoutDifferencesRarelyFindsOne() {
    SplittableRandom seeds = new SplittableRandom(3);
    int found = 0;
    for (int trial = 0; trial < 200; trial++) {
      List<Paired> family = new ArrayList<>();
      for (int k = 0; k < 8; k++) {
        double[] a = BootstrapTest.normal(25, 0, seeds.nextLong(1, 1L << 40));
        family.add(Paired.of(a, new double[25], new Bootstrap(100, 1)));
      }
      found +=
          Judgement.family(family, Collections.nCopies(8, .02)).stream()
                  .anyMatch(j -> j.verdict() == Verdict.BETTER)
              ? 1
              : 0;
    }
    assertThat(found / 200.0).isLessThan(.09);
  }

  @Test
  void aPOfFivePercentIsNotBelowFivePercent() {
    Estimate difference = new Estimate(1, Optional.of(new Interval(-1, 3)), 20, 0);
    Paired paired =
        new Paired(difference, Optional.empty(), OptionalDouble.of(.01), OptionalDouble.of(.5));
    Judgement judgement = new Judgement(paired, OptionalDouble.of(.05), .02);
    assertThat(judgement.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(new Judgement(paired, OptionalDouble.of(.0499), .02).verdict())
        .isEqualTo(Verdict.BETTER);
    assertThat(judgement.test(.4).band())
        .isEqualTo(difference.band())
        .isEqualTo(new Band(1, -1, 3));
    assertThat(judgement.test(.4).low90()).isNaN();
    assertThat(judgement.test(.4).pValue()).isEqualTo(.01);
    assertThat(judgement.test(.4).pHolm()).isEqualTo(.05);
    assertThat(judgement.test(.4).effect()).isEqualTo(.4);
    assertThatThrownBy(() -> new Judgement(paired, OptionalDouble.of(.05), 0))
        .hasMessageContaining("margin (0.0)");
  }

  @Test
  void resamplesOfAnyStatisticAreJudgedByTheSameRule() {
    double[] jackknife = BootstrapTest.normal(100, 0, 1);
    double[] around = BootstrapTest.normal(1999, .5, 2);
    double[] clear = Arrays.stream(around).map(v -> 5 + v).toArray();
    Paired clearly = Paired.ofResamples(new Bca(5.5, clear, jackknife), 0);
    assertThat(clearly.pValue()).isEqualTo(OptionalDouble.of(2 / 2000.0));
    assertThat(clearly.difference().n()).isEqualTo(100);
    assertThat(clearly.effect()).isEmpty();
    assertThat(Judgement.family(List.of(clearly), List.of(.01)).get(0).verdict())
        .isEqualTo(Verdict.BETTER);
    double[] small = times(.001, BootstrapTest.normal(1999, 0, 2));
    Paired tie = Paired.ofResamples(new Bca(0, small, jackknife), 0);
    assertThat(Judgement.family(List.of(tie), List.of(.01)).get(0).verdict())
        .isEqualTo(Verdict.TIE);
    Paired few = Paired.ofResamples(new Bca(5.5, clear, Arrays.copyOf(jackknife, 9)), 0);
    assertThat(Judgement.family(List.of(few), List.of(.01)).get(0).reason())
        .contains("not enough images (9 of at least 10)");
  }
}
