package org.explain4j.methods.perturbation;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * A Gaussian distribution of some of an example's values given others, fitted to reference
 * examples.
 *
 * <p>The covariance is {@code B'B + s I}, where B has a row per reference or per value, whichever
 * are fewer, and columns {@code [P, G]} of the drawn and the given values. With {@code K = GG' + s
 * I} the conditional mean is {@code P' K^-1 G} times the given values' departure from their mean,
 * and the conditional covariance {@code s P' K^-1 P + s I}: if references are few, as for
 * photographs, no matrix of values by values is needed.
 */
final class ConditionalGaussian {
  private final int[] drawn;
  private final int[] given;
  private final double[] mean; // of the drawn, then the given values
  private final RealMatrix ofDrawn; // P
  private final RealMatrix ofGiven; // G; null if nothing is given
  private final DecompositionSolver inverse; // of K
  private final RealMatrix root; // upper triangular R with K = R'R
  private final double deviation; // the square root of s

  /**
   * @param references examples one after another
   * @param size of an example
   * @param ridge added to the variances, as a fraction of their mean
   */
  ConditionalGaussian(float[] references, int size, int[] drawn, int[] given, double ridge) {
    this.drawn = drawn;
    this.given = given;
    int p = drawn.length;
    int d = p + given.length;
    mean = new double[d];
    RealMatrix factor = MatrixUtils.createRealMatrix(departures(references, size));
    double norm = factor.getFrobeniusNorm();
    double share = ridge * (norm * norm / d) + Double.MIN_NORMAL;
    if (factor.getRowDimension() > d) {
      share /= 2; // the other half is in the factor
      factor = cholesky(ridged(factor.transpose().multiply(factor), share)).getLT();
    }
    int last = factor.getRowDimension() - 1;
    ofDrawn = factor.getSubMatrix(0, last, 0, p - 1);
    ofGiven = given.length == 0 ? null : factor.getSubMatrix(0, last, p, d - 1);
    RealMatrix kernel =
        given.length == 0
            ? MatrixUtils.createRealMatrix(last + 1, last + 1)
            : ofGiven.multiply(ofGiven.transpose());
    CholeskyDecomposition decomposition = cholesky(ridged(kernel, share));
    inverse = decomposition.getSolver();
    root = decomposition.getLT();
    deviation = Math.sqrt(share);
  }

  /** Per reference the values' departures from their means, over the root of their number. */
  private double[][] departures(float[] references, int size) {
    int n = references.length / size;
    double[][] rows = new double[n][mean.length];
    for (int r = 0; r < n; r++) {
      for (int i = 0; i < mean.length; i++) {
        rows[r][i] = references[r * size + place(i)];
        mean[i] += rows[r][i] / n;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (row[i] - mean[i]) / Math.sqrt(n);
      }
    }
    return rows;
  }

  private int place(int i) {
    return i < drawn.length ? drawn[i] : given[i - drawn.length];
  }

  private static RealMatrix ridged(RealMatrix matrix, double share) {
    for (int i = 0; i < matrix.getRowDimension(); i++) {
      matrix.addToEntry(i, i, share);
    }
    return matrix;
  }

  private static CholeskyDecomposition cholesky(RealMatrix matrix) {
    return new CholeskyDecomposition(matrix, 1e-9, 0);
  }

  /** Draws the values given the others of an example, and writes them into a copy of it. */
  void draw(double[] examples, int start, SplittableRandom random, double[] target) {
    RealVector weights = noise(random, root.getRowDimension());
    MatrixUtils.solveUpperTriangularSystem(root, weights);
    if (ofGiven != null) {
      double[] departure = new double[given.length];
      for (int i = 0; i < departure.length; i++) {
        departure[i] = examples[start + given[i]] - mean[drawn.length + i];
      }
      weights = weights.add(inverse.solve(ofGiven.operate(new ArrayRealVector(departure, false))));
    }
    RealVector values = ofDrawn.preMultiply(weights).add(noise(random, drawn.length));
    for (int i = 0; i < drawn.length; i++) {
      target[drawn[i]] = mean[i] + values.getEntry(i);
    }
  }

  private RealVector noise(SplittableRandom random, int length) {
    double[] noise = new double[length];
    for (int i = 0; i < length; i++) {
      noise[i] = deviation * random.nextGaussian();
    }
    return new ArrayRealVector(noise, false);
  }
}
