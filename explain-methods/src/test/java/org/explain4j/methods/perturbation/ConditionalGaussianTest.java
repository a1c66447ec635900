package org.explain4j.methods.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.DefaultRealMatrixChangingVisitor;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.descriptive.MultivariateSummaryStatistics;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalGaussianTest {

  /** Fewer references than values, and more, against the textbook's formulas. */
  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void drawsHaveTheConditionalMeanAndCovariance(int n) {
    SplittableRandom random = new SplittableRandom(2);
    int d = 5;
    float[] references = new float[n * d];
    double[] means = new double[d];
    for (int i = 0; i < references.length; i++) {
      references[i] = (float) random.nextGaussian() + (i % d > 1 ? references[i - 2] : 0);
      means[i % d] += references[i] / (double) n;
    }
    RealMatrix rows = MatrixUtils.createRealMatrix(n, d);
    rows.walkInOptimizedOrder(
        new DefaultRealMatrixChangingVisitor() {
          @Override
          public double visit(int row, int column, double value) {
            return references[row * d + column] - means[column];
          }
        });
    RealMatrix covariance = rows.transpose().multiply(rows).scalarMultiply(1.0 / n);
    RealMatrix ridge =
        MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(0.1 * covariance.getTrace() / d);
    covariance = covariance.add(ridge);
    int[] drawn = {0, 3};
    int[] given = {1, 2, 4};
    RealMatrix cross = covariance.getSubMatrix(drawn, given);
    RealMatrix gain = cross.multiply(MatrixUtils.inverse(covariance.getSubMatrix(given, given)));
    RealMatrix rest =
        covariance.getSubMatrix(drawn, drawn).subtract(gain.multiply(cross.transpose()));
    double[] example = {9, 0.5, -1, 9, 2};
    double[] departure = new double[given.length];
    for (int i = 0; i < departure.length; i++) {
      departure[i] = example[given[i]] - means[given[i]];
    }
    double[] shift = gain.operate(departure);

    ConditionalGaussian gaussian = new ConditionalGaussian(references, d, drawn, given, 0.1);
    MultivariateSummaryStatistics draws = new MultivariateSummaryStatistics(2, true);
    for (int i = 0; i < 100_000; i++) {
      double[] target = example.clone();
      gaussian.draw(example, 0, random, target);
      assertThat(target[2]).isEqualTo(-1);
      draws.addValue(new double[] {target[0], target[3]});
    }
    for (int i = 0; i < drawn.length; i++) {
      assertThat(draws.getMean()[i]).isEqualTo(means[drawn[i]] + shift[i], within(0.02));
      for (int j = 0; j < drawn.length; j++) {
        assertThat(draws.getCovariance().getEntry(i, j))
            .isEqualTo(rest.getEntry(i, j), within(0.02));
      }
    }
  }

  @Test
  void aConditionalGaussianFollowsTheRegressionOnWhatIsGiven() {
    SplittableRandom random = new SplittableRandom(1);
    float[] references = new float[2 * 5000]; // second = 2 * first + 1 + noise of deviation 0.1
    for (int i = 0; i < references.length; i += 2) {
      references[i] = (float) random.nextGaussian();
      references[i + 1] = (float) (2 * references[i] + 1 + 0.1 * random.nextGaussian());
    }
    ConditionalGaussian gaussian =
        new ConditionalGaussian(references, 2, new int[] {1}, new int[] {0}, 1e-9);
    double[] target = new double[2];
    SummaryStatistics drawn = new SummaryStatistics();
    for (int i = 0; i < 4000; i++) {
      gaussian.draw(new double[] {3, 0}, 0, random, target);
      drawn.addValue(target[1]);
    }
    assertThat(drawn.getMean()).isEqualTo(7, within(0.03));
    assertThat(drawn.getStandardDeviation()).isEqualTo(0.1, within(0.01));
  }
}
