package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class HitsTest {

  /** Of some images, right on those from one on, up to another. */
  private static Hits right(int images, int from, int to) {
    boolean[] right = new boolean[images];
    for (int i = from; i < to; i++) {
      right[i] = true;
    }
    return new Hits(right);
  }

  @Test
  void anImageIsRightWhereTheExpectedClassIsPredicted() {
    Hits hits = Hits.of(new int[] {3, 1, 2, 0}, new int[] {3, 2, 2, 1});
    assertThat(hits.right()).containsExactly(true, false, true, false);
    assertThat(hits.count()).isEqualTo(2);
    assertThat(hits.share()).isEqualTo(.5);
    assertThat(hits.from(1).right()).containsExactly(false, true, false);
    assertThat(hits.from(1).share()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void aTenthOfTheImagesIsWhatAnotherReadingMustGain() {
    Hits none = right(100, 0, 0);
    assertThat(right(100, 0, 10).isBetterThan(none)).isTrue();
    assertThat(none.isBetterThan(right(100, 0, 10))).isFalse();
    // beyond chance, but too few
    assertThat(right(1000, 0, 99).isBetterThan(right(1000, 0, 0))).isFalse();
    assertThat(right(1000, 0, 95).isBetterThan(right(1000, 95, 105))).isFalse();
    assertThat(right(1000, 0, 111).isBetterThan(right(1000, 100, 111))).isTrue();
  }

  /** Of 42 images on which two readings differ, chance gives 30 or more to one of them in .0040. */
  @Test
  void whatIsGainedMayNotBeChance() {
    assertThat(right(42, 0, 30).isBetterThan(right(42, 30, 42))).isFalse();
    assertThat(right(42, 0, 32).isBetterThan(right(42, 32, 42))).isTrue();
    // three of three
    assertThat(right(3, 0, 3).isBetterThan(right(3, 0, 0))).isFalse();
  }

  /** By hand: 2 or 3 of 3 at a quarter each are 3 (1/4)^2 (3/4) + (1/4)^3. */
  @Test
  void guessingIsRightOnAsManyWithItsProbability() {
    assertThat(right(3, 0, 2).chance(4)).isCloseTo(10 / 64.0, within(1e-12));
    assertThat(right(3, 0, 3).chance(4)).isCloseTo(1 / 64.0, within(1e-12));
    assertThat(right(3, 0, 0).chance(4)).isEqualTo(1);
    assertThat(right(3, 0, 1).chance(1)).isEqualTo(1);
  }
}
