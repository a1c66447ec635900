package org.explain4j.metrics.rho;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.Dense;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rho from explicit residuals, neuron by neuron: the slow twin of the closed form.
 *
 * @param b samples of the fit, a row each
 * @param c samples that rho is evaluated on
 */
record NaiveRho(Dense layer, double[][] b, double[][] c) {

  static NaiveRho of(Dense layer, INDArray b, INDArray c) {
    return new NaiveRho(layer, rows(b), rows(c));
  }

  /** Rho of a neuron on the samples of the fit and on others, by ridge regression. */
  double[] ridge(double ridge, Patterns patterns, RegressionTarget target, int j) {
    Residuals onB = residuals(b, patterns, target, j);
    RealMatrix covariance = new Covariance(onB.residual, false).getCovarianceMatrix();
    double[] right = new double[inputs()];
    for (int i = 0; i < inputs(); i++) {
      right[i] = new Covariance().covariance(column(onB.residual, i), onB.target, false);
    }
    // QR, not Cholesky: the residual has no variance along w.
    RealMatrix regular =
        covariance.add(MatrixUtils.createRealIdentityMatrix(inputs()).scalarMultiply(ridge));
    RealVector rightSide = MatrixUtils.createRealVector(right);
    double[] v = new QRDecomposition(regular).getSolver().solve(rightSide).toArray();
    Residuals onC = residuals(c, patterns, target, j);
    return new double[] {rho(onB, v), rho(onC, v)};
  }

  /** The same by the pseudo-inverse, without a ridge. */
  double[] pseudoInverse(Patterns patterns, RegressionTarget target, int j) {
    Residuals fit = residuals(b, patterns, target, j);
    RealMatrix covariance = new Covariance(fit.residual, false).getCovarianceMatrix();
    double[] right = new double[inputs()];
    for (int i = 0; i < inputs(); i++) {
      right[i] = new Covariance().covariance(column(fit.residual, i), fit.target, false);
    }
    EigenDecomposition eigen = new EigenDecomposition(covariance);
    double[] v = new double[inputs()];
    for (int i = 0; i < inputs(); i++) {
      if (eigen.getRealEigenvalue(i) > 1e-11 * eigen.getRealEigenvalue(0)) {
        RealVector direction = eigen.getEigenvector(i);
        double share =
            direction.dotProduct(MatrixUtils.createRealVector(right)) / eigen.getRealEigenvalue(i);
        for (int m = 0; m < inputs(); m++) {
          v[m] += share * direction.getEntry(m);
        }
      }
    }
    return new double[] {rho(fit, v), rho(residuals(c, patterns, target, j), v)};
  }

  private static double rho(Residuals on, double[] v) {
    double[] explained = new Array2DRowRealMatrix(on.residual).operate(v);
    return 1 - new PearsonsCorrelation().correlation(explained, on.target);
  }

  /** Residuals of one neuron, and its targets, sample by sample. */
  private record Residuals(double[][] residual, double[] target) {}

  private Residuals residuals(double[][] x, Patterns patterns, RegressionTarget target, int j) {
    double[] w = layer.weights().getRow(j).toDoubleVector();
    double[] plus = patterns.positive().getRow(j).toDoubleVector();
    double[] minus = patterns.negative().getRow(j).toDoubleVector();
    double bias = layer.bias().getDouble(j);
    double[][] residual = new double[x.length][inputs()];
    double[] t = new double[x.length];
    for (int n = 0; n < x.length; n++) {
      double z = 0;
      for (int i = 0; i < inputs(); i++) {
        z += x[n][i] * w[i];
      }
      t[n] = target == RegressionTarget.POST ? Math.max(0, z + bias) : z + bias;
      for (int i = 0; i < inputs(); i++) {
        residual[n][i] = x[n][i] - (z + bias > 0 ? plus[i] : minus[i]) * z;
      }
    }
    return new Residuals(residual, t);
  }

  private static double[][] rows(INDArray samples) {
    int d = (int) samples.size(1);
    double[] all = samples.data().asDouble();
    return IntStream.range(0, (int) samples.size(0))
        .mapToObj(i -> Arrays.copyOfRange(all, i * d, (i + 1) * d))
        .toArray(double[][]::new);
  }

  private static double[] column(double[][] matrix, int i) {
    return Arrays.stream(matrix).mapToDouble(row -> row[i]).toArray();
  }

  private int inputs() {
    return b[0].length;
  }
}
