package org.explain4j.metrics.rho;

import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.MiniBatches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The regression of y on the residual of a linear estimator by Algorithm 1 of Kingma and Ba, one
 * neuron, number by number: the residual of every sample is written out. Constant learning rate.
 */
final class NaiveAdam {
  private final double[] pattern;
  private final double[] weights;
  private final double[][] residuals; // [n][d]
  private final double[] targets;
  private final double meanTarget;
  private final double deviation;

  NaiveAdam(Dense layer, INDArray samples, INDArray pattern, int neuron) {
    this.pattern = pattern.getRow(neuron).toDoubleVector();
    this.weights = layer.weights().getRow(neuron).toDoubleVector();
    double[][] all = samples.toDoubleMatrix();
    residuals = new double[all.length][];
    targets = new double[all.length];
    for (int i = 0; i < all.length; i++) {
      residuals[i] = residual(all[i]);
      targets[i] = dot(weights, all[i]);
    }
    meanTarget = StatUtils.mean(targets);
    deviation = Math.sqrt(StatUtils.populationVariance(targets));
  }

  private double[] residual(double[] x) {
    double z = dot(weights, x);
    double[] residual = new double[x.length];
    for (int d = 0; d < x.length; d++) {
      residual[d] = x[d] - pattern[d] * z;
    }
    return residual;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  /**
   * In-sample rho for the pre-activation.
   *
   * @param warm whether to begin at the regressions on one input at a time, scaled to predict best
   */
  double rho(MiniBatches batches, int steps, double rate, boolean warm) {
    int d = pattern.length;
    double[] means = new double[d];
    double[] scale = new double[d];
    for (int i = 0; i < d; i++) {
      double[] column = column(i);
      means[i] = StatUtils.mean(column);
      scale[i] = Math.sqrt(StatUtils.populationVariance(column));
    }
    double[] u = warm ? marginal(scale) : new double[d];
    double[] m = new double[d];
    double[] s = new double[d];
    INDArray batch = Nd4j.zeros(DataType.DOUBLE, batches.size(), d);
    for (int t = 1; t <= steps; t++) {
      batches.read(batches.next(), batch);
      double[] gradient = gradient(batch.toDoubleMatrix(), u, means, scale);
      for (int i = 0; i < d; i++) {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        s[i] = 0.999 * s[i] + 0.001 * gradient[i] * gradient[i];
        double step = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        u[i] -= step * m[i] / (Math.sqrt(s[i]) + 1e-8);
      }
    }
    double[] predicted = new double[targets.length];
    for (int n = 0; n < predicted.length; n++) {
      for (int i = 0; i < d; i++) {
        predicted[n] += u[i] / scale[i] * residuals[n][i];
      }
    }
    return 1 - new PearsonsCorrelation().correlation(predicted, targets);
  }

  private double[] marginal(double[] scale) {
    double[] slopes = new double[pattern.length];
    double[] predicted = new double[targets.length];
    for (int i = 0; i < slopes.length; i++) {
      double[] column = column(i);
      slopes[i] = new Covariance().covariance(column, targets, false) / (scale[i] * scale[i]);
      for (int n = 0; n < predicted.length; n++) {
        predicted[n] += slopes[i] * column[n];
      }
    }
    double factor =
        new Covariance().covariance(predicted, targets, false)
            / StatUtils.populationVariance(predicted);
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] *= factor * scale[i];
    }
    return slopes;
  }

  private double[] column(int i) {
    double[] column = new double[residuals.length];
    for (int n = 0; n < column.length; n++) {
      column[n] = residuals[n][i];
    }
    return column;
  }

  private double[] gradient(double[][] batch, double[] u, double[] means, double[] scale) {
    double[] gradient = new double[u.length];
    for (double[] x : batch) {
      double[] standard = residual(x);
      for (int i = 0; i < u.length; i++) {
        standard[i] = (standard[i] - means[i]) / scale[i];
      }
      double error = (dot(u, standard) - (dot(weights, x) - meanTarget)) / deviation;
      for (int i = 0; i < u.length; i++) {
        gradient[i] += 2 * error * standard[i] / batch.length;
      }
    }
    return gradient;
  }
}
