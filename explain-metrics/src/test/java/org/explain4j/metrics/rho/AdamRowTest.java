package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamRowTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 1568})
  void innerProductsAddUpEveryInput(int d) {
    AdamRow row = row(d);
    double above = 0;
    double below = 0;
    for (int i = 0; i < d; i++) {
      above += (double) row.positive[i] * row.vector[i];
      below += (double) row.negative[i] * row.vector[i];
    }
    assertThat((double) row.alongPositive()).isCloseTo(above, Offset.offset(1e-6 * d));
    assertThat((double) row.alongNegative()).isCloseTo(below, Offset.offset(1e-6 * d));
  }

  /** A step with a- read again and one that knows that it is a+. */
  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void aLinearEstimatorTakesTheSameStep(int d) {
    AdamRow twice = row(d);
    System.arraycopy(twice.positive, 0, twice.negative, 0, d);
    AdamRow once = row(d);
    once.linear = true;
    twice.step(.3f, -.7f, .01f, .02f);
    once.step(.3f, -.7f, .01f, .02f);
    assertThat(once.vector).containsExactly(twice.vector, Offset.offset(1e-6f));
  }

  private static AdamRow row(int d) {
    SplittableRandom random = new SplittableRandom(d);
    AdamRow row = new AdamRow(d);
    for (float[] numbers :
        new float[][] {row.vector, row.gradient, row.positive, row.negative, row.inverse}) {
      for (int i = 0; i < d; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
    }
    return row;
  }
}
