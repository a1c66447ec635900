package org.explain4j.experiments.stages;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One neuron's regression by least squares on its residuals, which are written out sample by
 * sample: covariances of numbers, no algebra.
 *
 * @param x samples of split B, {@code [n,d]}
 */
record TwinRho(INDArray x, double[] w, double bias) {

  /**
   * v for both targets, before and after the rectifier.
   *
   * @param ridge absolute
   */
  double[][] fit(double[] plus, double[] minus, double ridge) {
    double[] z;
    try (INDArray column = Nd4j.createFromArray(w).reshape(w.length, 1);
        INDArray product = x.mmul(column)) {
      z = product.reshape(product.length()).toDoubleVector();
    }
    double[] pre = Arrays.stream(z).map(y -> y + bias).toArray();
    double[] post = Arrays.stream(pre).map(y -> Math.max(y, 0)).toArray();
    try (INDArray residual = residual(z, plus, minus);
        INDArray centred = residual.subRowVector(residual.mean(0))) {
      return solved(centred, new double[][] {centred(pre), centred(post)}, ridge);
    }
  }

  private INDArray residual(double[] z, double[] plus, double[] minus) {
    double[][] regimes = new double[z.length][2];
    for (int n = 0; n < z.length; n++) {
      regimes[n][z[n] + bias > 0 ? 0 : 1] = z[n];
    }
    try (INDArray outputs = Nd4j.createFromArray(regimes);
        INDArray patterns = Nd4j.createFromArray(new double[][] {plus, minus});
        INDArray signal = outputs.mmul(patterns)) {
      return x.sub(signal);
    }
  }

  private static double[][] solved(INDArray residual, double[][] targets, double ridge) {
    long n = residual.size(0);
    double[][] v = new double[targets.length][];
    try (INDArray columns = residual.transpose().dup('c');
        INDArray products = columns.mmul(residual);
        INDArray gram = products.divi(n).dup('f')) {
      for (int i = 0; i < gram.rows(); i++) {
        gram.putScalar(i, i, gram.getDouble(i, i) + ridge);
      }
      Nd4j.getBlasWrapper().lapack().potrf(gram, true);
      double[] factor = gram.data().asDouble(); // column by column
      for (int t = 0; t < targets.length; t++) {
        try (INDArray target = Nd4j.createFromArray(targets[t]).reshape(n, 1);
            INDArray product = columns.mmul(target)) {
          v[t] = solved(factor, product.divi(n).reshape(gram.rows()).toDoubleVector());
        }
      }
    }
    return v;
  }

  private static double[] solved(double[] lower, double[] right) {
    int d = right.length;
    double[] x = right.clone();
    for (int j = 0; j < d; j++) {
      x[j] /= lower[j * d + j];
      for (int i = j + 1; i < d; i++) {
        x[i] -= lower[j * d + i] * x[j];
      }
    }
    for (int j = d - 1; j >= 0; j--) {
      for (int i = j + 1; i < d; i++) {
        x[j] -= lower[j * d + i] * x[i];
      }
      x[j] /= lower[j * d + j];
    }
    return x;
  }

  static double[] centred(double[] values) {
    double mean = NaiveStatistics.mean(values);
    return Arrays.stream(values).map(x -> x - mean).toArray();
  }
}
