package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PairedTest {
  private static final double[] TEN = IntStream.range(0, 10).mapToDouble(i -> .1 * i).toArray();

  /** Resamples of which some are below 0, one is 0 and the rest are above. */
  private static double[] resamples(int below, int above) {
    return IntStream.range(0, below + 1 + above).mapToDouble(i -> i - below).toArray();
  }

  private static double p(double[] resamples) {
    return Paired.ofResamples(new Bca(.5, resamples, TEN), 0).pValue().orElseThrow();
  }

  @Test
  void pOfResamplesIsTwiceTheShareOnTheRarerSideOfZero() {
    // 3 below and the one at 0, and one more so that it is never 0; of 99 and one more.
    assertThat(p(resamples(3, 95))).isCloseTo(2 * (3 + 1 + 1) / 100.0, within(1e-12));
    assertThat(p(resamples(95, 3))).isCloseTo(2 * (3 + 1 + 1) / 100.0, within(1e-12));
    assertThat(p(resamples(50, 48))).isCloseTo(2 * (48 + 1 + 1) / 100.0, within(1e-12));
    assertThat(p(resamples(49, 49))).isEqualTo(1);
  }

  @Test
  void fewerThanTenGroupsHaveNeitherPNorInterval() {
    Paired few = Paired.ofResamples(new Bca(.5, resamples(3, 95), Arrays.copyOf(TEN, 9)), 2);
    assertThat(few.pValue()).isEmpty();
    assertThat(few.inner()).isEmpty();
    assertThat(few.difference().n()).isEqualTo(9);
    assertThat(few.difference().missing()).isEqualTo(2);
  }

  @Test
  void resamplesThatAreAllTheSameAreAnIntervalOfNoWidth() {
    double[] same = new double[99];
    Arrays.fill(same, .25);
    Paired paired = Paired.ofResamples(new Bca(.25, same, TEN), 0);
    assertThat(paired.inner()).contains(new Interval(.25, .25));
    Paired few = Paired.ofResamples(new Bca(.25, same, Arrays.copyOf(TEN, 9)), 0);
    assertThat(few.inner()).isEmpty();
    double[] alone = new double[10]; // no group matters
    assertThat(Paired.ofResamples(new Bca(.25, same, alone), 0).inner())
        .contains(new Interval(.25, .25));
  }

  @Test
  void tenImagesHaveAPAndNineDoNot() {
    Bootstrap bootstrap = new Bootstrap(200, 1);
    assertThat(Paired.of(TEN, new double[10], bootstrap).pValue()).isPresent();
    double[] nine = Arrays.copyOf(TEN, 9);
    assertThat(Paired.of(nine, new double[9], bootstrap).pValue()).isEmpty();
  }

  @Test
  void theEffectIsTheShareOfRanksWhereTheFirstIsLarger() {
    assertThat(Paired.effect(new double[] {1, 2, 3})).isEqualTo(1);
    assertThat(Paired.effect(new double[] {-1, 2, 3})).isCloseTo((5 - 1) / 6.0, within(1e-12));
    assertThat(Paired.effect(new double[0])).isNaN();
  }

  @Test
  void anIntervalThatReachesTheMarginIsNotInside() {
    assertThat(new Interval(-.01, .005).inside(.01)).isFalse();
    assertThat(new Interval(-.005, .01).inside(.01)).isFalse();
    assertThat(new Interval(-.005, .005).inside(.01)).isTrue();
  }
}
