package org.explain4j.methods.estimators;

import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.Dense;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One neuron's patterns by loops over the samples. */
final class SlowTwin {
  private final double[][] x;
  private final double[] w;
  private final double[] regressed;
  private final boolean[] active;

  SlowTwin(Dense layer, INDArray samples, int neuron, RegressionTarget fitOn) {
    x = samples.toDoubleMatrix();
    w = layer.weights().getRow(neuron).toDoubleVector();
    regressed = new double[x.length];
    active = new boolean[x.length];
    for (int n = 0; n < x.length; n++) {
      double y = layer.bias().getDouble(neuron) + dot(x[n]);
      active[n] = y > 0;
      regressed[n] = fitOn == RegressionTarget.PRE ? y : Math.max(y, 0);
    }
  }

  double[] linear() {
    return pattern(n -> true);
  }

  double[] regime(boolean positive) {
    return pattern(n -> active[n] == positive);
  }

  /** (E[xy] - E[x] E[y]) over it times w, the first two means over a regime. */
  private double[] pattern(IntPredicate regime) {
    double output = mean(n -> true, n -> regressed[n]);
    double mean = output == 0 ? 1 : output; // of one that never fires E-[x] is left, by any factor
    double[] a = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      int column = i;
      double xy = mean(regime, n -> x[n][column] * regressed[n]);
      a[i] = xy - mean(regime, n -> x[n][column]) * mean;
    }
    double scale = dot(a);
    for (int i = 0; i < w.length; i++) {
      a[i] /= scale;
    }
    return a;
  }

  private double mean(IntPredicate regime, ToDoubleFunction<Integer> value) {
    double sum = 0;
    int count = 0;
    for (int n = 0; n < x.length; n++) {
      if (regime.test(n)) {
        sum += value.applyAsDouble(n);
        count++;
      }
    }
    return sum / count;
  }

  private double dot(double[] v) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += w[i] * v[i];
    }
    return sum;
  }
}
