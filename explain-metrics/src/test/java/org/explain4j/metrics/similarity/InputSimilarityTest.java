package org.explain4j.metrics.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.explain4j.api.Metric;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class InputSimilarityTest {

  private static INDArray noise(long seed, int... shape) {
    INDArray all = Nd4j.createUninitialized(shape);
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < all.length(); i++) {
      all.putScalar(i, random.nextDouble() - 0.4);
    }
    return all;
  }

  private static Metric.Result of(INDArray inputs, INDArray attributions) {
    return new InputSimilarity()
        .evaluate(new Metric.Evaluation(null, inputs, new int[0], null, attributions));
  }

  private static double score(Metric.Result result, String name, int example) {
    return result.scores().stream()
        .filter(score -> score.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values()[example];
  }

  @Test
  void equalsASlowTwin() {
    INDArray x = noise(1, 2, 3, 14, 13);
    INDArray a = noise(2, 2, 3, 14, 13).addi(x.mul(2));
    Metric.Result result = of(x, a);
    for (int i = 0; i < 2; i++) {
      double[] one = x.slice(i).dup().reshape(3 * 14 * 13).toDoubleVector();
      double[] other = a.slice(i).dup().reshape(3 * 14 * 13).toDoubleVector();
      assertThat(score(result, "correlation", i))
          .isCloseTo(new PearsonsCorrelation().correlation(one, other), within(1e-12));
      assertThat(score(result, "ssim", i)).isCloseTo(slow(x.slice(i), a.slice(i)), within(1e-7));
    }
  }

  /** Place by place with a window in two dimensions, variances about their means. */
  private static double slow(INDArray image, INDArray shown) {
    INDArray x = image.div(image.amaxNumber());
    INDArray a = shown.div(shown.amaxNumber());
    double range =
        Math.max(x.maxNumber().doubleValue(), a.maxNumber().doubleValue())
            - Math.min(x.minNumber().doubleValue(), a.minNumber().doubleValue());
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      for (int top = 0; top < 4; top++) {
        for (int left = 0; left < 3; left++) {
          sum += place(x.slice(c), a.slice(c), new int[] {top, left}, range) / (3 * 4 * 3);
        }
      }
    }
    return sum;
  }

  private static double place(INDArray x, INDArray a, int[] at, double range) {
    double[] s = new double[6]; // of weights, x, a, xx, aa, xa
    for (int i = 0; i < 11; i++) {
      for (int j = 0; j < 11; j++) {
        double w = Math.exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / (2 * 1.5 * 1.5));
        double p = x.getDouble(at[0] + i, at[1] + j);
        double q = a.getDouble(at[0] + i, at[1] + j);
        double[] terms = {1, p, q, p * p, q * q, p * q};
        for (int t = 0; t < 6; t++) {
          s[t] += w * terms[t];
        }
      }
    }
    double mx = s[1] / s[0];
    double ma = s[2] / s[0];
    double c1 = Math.pow(.01 * range, 2);
    double c2 = Math.pow(.03 * range, 2);
    return (2 * mx * ma + c1)
        * (2 * (s[5] / s[0] - mx * ma) + c2)
        / ((mx * mx + ma * ma + c1) * (s[3] / s[0] - mx * mx + s[4] / s[0] - ma * ma + c2));
  }

  @Test
  void theInputItselfIsMostSimilarWhateverItsScaleAndItsNegativeLeast() {
    INDArray x = noise(3, 1, 1, 28, 28);
    assertThat(score(of(x, x.mul(1e6)), "ssim", 0)).isCloseTo(1, within(1e-6));
    assertThat(score(of(x, x.mul(1e6)), "correlation", 0)).isCloseTo(1, within(1e-6));
    assertThat(score(of(x, x.neg()), "correlation", 0)).isCloseTo(-1, within(1e-6));
  }

  @Test
  void anOffsetOfAllValuesDoesNotMatterToTheCorrelation() {
    INDArray x = noise(8, 1, 1, 12, 12).castTo(DataType.DOUBLE);
    INDArray a = noise(9, 1, 1, 12, 12).castTo(DataType.DOUBLE).addi(x);
    double plain = score(of(x, a), "correlation", 0);
    assertThat(score(of(x.add(1e8), a.sub(1e8)), "correlation", 0)).isCloseTo(plain, within(1e-6));
  }

  /** Also where rounding would leave a constant some variance, as of 144 times .3. */
  @Test
  void constantMapsHaveNoSimilarity() {
    INDArray x = noise(4, 3, 1, 12, 12);
    INDArray a = noise(5, 3, 1, 12, 12);
    a.slice(1).assign(0);
    a.slice(2).assign(0.3);
    for (Metric.Result result : List.of(of(x, a), of(a, x))) {
      assertThat(score(result, "ssim", 0)).isNotNaN();
      for (int constant = 1; constant < 3; constant++) {
        assertThat(score(result, "ssim", constant)).isNaN();
        assertThat(score(result, "correlation", constant)).isNaN();
      }
    }
  }

  @Test
  void imagesSmallerThanTheWindowAreComparedInOneThatFits() {
    INDArray x = noise(6, 1, 1, 4, 9);
    assertThat(score(of(x, x), "ssim", 0)).isCloseTo(1, within(1e-9));
  }

  @Test
  void inputsThatAreNoImagesHaveNoStructure() {
    INDArray x = noise(7, 3, 5);
    assertThat(score(of(x, x), "correlation", 2)).isCloseTo(1, within(1e-9));
    assertThat(score(of(x, x), "ssim", 2)).isNaN();
  }
}
