package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** A Gaussian of some of an example's values given others, fitted to reference examples. */
final class ConditionalGaussian {
  private final int[] drawn;
  private final int[] given;
  private final double[] mean; // of the drawn, then the given values
  private final RealMatrix gain; // [drawn, given]; null if nothing is given
  private final RealMatrix root; // of the conditional covariance

  /**
   * @param references examples one after the other
   * @param size of an example
   * @param ridge added to the variances, as a fraction of their mean
   */
  ConditionalGaussian(float[] references, int size, int[] drawn, int[] given, double ridge) {
    this.drawn = drawn;
    this.given = given;
    int p = drawn.length;
    int d = p + given.length;
    int n = references.length / size;
    double[][] rows = new double[n][d];
    mean = new double[d];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < d; i++) {
        rows[r][i] = references[r * size + (i < p ? drawn[i] : given[i - p])];
        mean[i] += rows[r][i] / n;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < d; i++) {
        row[i] -= mean[i];
      }
    }
    RealMatrix centred = MatrixUtils.createRealMatrix(rows);
    RealMatrix covariance = centred.transpose().multiply(centred).scalarMultiply(1.0 / n);
    double share = ridge * (covariance.getTrace() / d) + Double.MIN_NORMAL;
    for (int i = 0; i < d; i++) {
      covariance.addToEntry(i, i, share);
    }
    RealMatrix own = covariance.getSubMatrix(0, p - 1, 0, p - 1);
    if (given.length == 0) {
      gain = null;
    } else {
      RealMatrix cross = covariance.getSubMatrix(p, d - 1, 0, p - 1);
      RealMatrix others = covariance.getSubMatrix(p, d - 1, p, d - 1);
      gain = new CholeskyDecomposition(others, 1e-9, 0).getSolver().solve(cross).transpose();
      own = own.subtract(gain.multiply(cross));
    }
    RealMatrix symmetric = own.add(own.transpose()).scalarMultiply(0.5);
    root = new CholeskyDecomposition(symmetric, 1e-9, 0).getL();
  }

  /** Draws the values given the others of an example, and writes them to where it was copied. */
  void draw(double[] examples, int start, SplittableRandom random, double[] target) {
    double[] noise = new double[drawn.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian();
    }
    double[] values = root.operate(noise);
    if (gain != null) {
      double[] departure = new double[given.length];
      for (int i = 0; i < departure.length; i++) {
        departure[i] = examples[start + given[i]] - mean[drawn.length + i];
      }
      double[] shift = gain.operate(departure);
      for (int i = 0; i < values.length; i++) {
        values[i] += shift[i];
      }
    }
    for (int i = 0; i < values.length; i++) {
      target[drawn[i]] = mean[i] + values[i];
    }
  }
}
