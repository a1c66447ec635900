package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KendallTest {
  /** kendalltau of scipy's documentation. */
  @Test
  void scipysPublishedExample() {
    double[] a = {12, 2, 1, 12, 2};
    double[] b = {1, 4, 7, 1, 0};
    assertThat(Kendall.tau(a, b)).isCloseTo(-0.47140452079103173, within(1e-15));
  }

  @Test
  void theSameAndTheOppositeOrder() {
    double[] a = {1, 2, 3, 4};
    assertThat(Kendall.tau(a, new double[] {2, 5, 7, 70})).isEqualTo(1);
    assertThat(Kendall.tau(a, new double[] {4, 3, 2, 1})).isEqualTo(-1);
  }

  @Test
  void tiesAloneOrOneItemHaveNoOrder() {
    assertThat(Kendall.tau(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    assertThat(Kendall.tau(new double[] {1}, new double[] {1})).isNaN();
  }

  @Test
  void numbersOfOtherItemsAreRefused() {
    assertThatThrownBy(() -> Kendall.tau(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
