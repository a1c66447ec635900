package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of scipy 1.17.1, stats.wilcoxon(zero_method="pratt", correction=True). */
final class SignedRanksTest {

  /** The negative ranks are 1 and 3; 7 of the 256 choices of signs have a rank sum of at most 4. */
  @Test
  void fewDifferencesAreTestedExactly() {
    SignedRanks ranks = SignedRanks.of(new double[] {1, 2, -0.5, 3, 4, -1.5, 5, 6});
    assertThat(ranks.pValue()).isCloseTo(14.0 / 256, within(1e-9));
    assertThat(ranks.negative()).isEqualTo(4);
    assertThat(ranks.positive()).isEqualTo(32);
    assertThat(ranks.effect()).isCloseTo(28.0 / 36, within(1e-12));
  }

  @Test
  void exactProbabilityIsScipys() {
    double[] d = {.12, -.05, .01, .3, .31, -.13, .07, .22, .41, -.02, .06, .19};
    assertThat(SignedRanks.of(d).pValue()).isCloseTo(.0341796875, within(1e-12));
  }

  @Test
  void zerosAreRankedAndThenLeftOutAsPrattHasIt() {
    double[] d = {.12, -.05, 0, .3, .3, -.12, .07, 0, .22, .41, -.02, .05, .19, 0, .33};
    SignedRanks ranks = SignedRanks.of(d);
    assertThat(ranks.positive()).isEqualTo(96);
    assertThat(ranks.negative()).isEqualTo(18);
    assertThat(ranks.pValue()).isCloseTo(.027775046273658958, within(1e-12));
    assertThat(ranks.effect()).isCloseTo(78.0 / 120, within(1e-12));
  }

  /** Commons Statistics 1.2 gives .0191 for 180 zeros and NaN for 190. */
  @ParameterizedTest
  @CsvSource({
    "0, 4.370623858011911e-05",
    "20, 3.794232521399255e-05",
    "100, 0.0016776197449128716",
    "150, 0.02333039685138818",
    "180, 0.17763712475669602",
    "190, 0.5281909705717404",
    "195, 0.6530992904614978"
  })
  void manyZerosDoNotMakeADifference(int zeros, double p) {
    double[] d = new double[200];
    for (int i = 0; i < 200 - zeros; i++) {
      d[i] = (i % 3 == 0 ? -1 : 1) * (1.0 + i);
    }
    // Without zeros and ties the probability is exact, scipy's here is the approximation.
    assertThat(SignedRanks.of(d).pValue()).isCloseTo(p, within(zeros == 0 ? 1e-5 : 1e-12));
  }

  @Test
  void noDifferenceAtAllIsNoEvidence() {
    SignedRanks ranks = SignedRanks.of(new double[30]);
    assertThat(ranks.pValue()).isEqualTo(1);
    assertThat(ranks.effect()).isZero();
  }

  @Test
  void allInOneDirectionIsTheLargestEffect() {
    double[] d = IntStream.rangeClosed(1, 12).asDoubleStream().toArray();
    assertThat(SignedRanks.of(d).effect()).isEqualTo(1);
    assertThat(SignedRanks.of(d).pValue()).isCloseTo(2 / 4096.0, within(1e-12));
    double[] other = IntStream.rangeClosed(1, 12).mapToDouble(i -> -i).toArray();
    assertThat(SignedRanks.of(other).effect()).isEqualTo(-1);
  }

  /** scipy 1.17.1, wilcoxon(zero_method="zsplit", correction=False, method="approx"). */
  @Test
  void zerosAreSplitBetweenBothSides() {
    double[] d = {.12, -.05, 0, .3, .3, -.12, .07, 0, .22, .41, -.02, .05, .19, 0, .33};
    assertThat(SignedRanks.splitZeros(d)).isCloseTo(0.026542298276664423, within(1e-12));
    assertThat(SignedRanks.splitZeros(0, 0, 0)).as("no difference at all").isEqualTo(1);
    assertThat(SignedRanks.splitZeros(0.5)).isCloseTo(.31731050786291415, within(1e-12));
  }
}
