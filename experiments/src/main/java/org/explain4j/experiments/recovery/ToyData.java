package org.explain4j.experiments.recovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.explain4j.experiments.configuration.SignalRecovery;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Samples x = a_s y + noise with a_s = (1,0) and y uniform in [-1,1].
 *
 * @param x {@code [samples][2]}
 * @param y {@code [samples]}
 */
record ToyData(double[][] x, double[] y) {

  /** The noise is e times {@code direction}, e ~ N(mean, deviation^2). */
  static ToyData distractor(SignalRecovery settings, double[] direction, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[settings.samples()][];
    double[] y = new double[settings.samples()];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextDouble(-1, 1);
      double e = settings.mean() + settings.deviation() * random.nextGaussian();
      x[i] = new double[] {y[i] + direction[0] * e, direction[1] * e};
    }
    return new ToyData(x, y);
  }

  /** The noise is N(0, level^2) in every direction. */
  static ToyData isotropic(SignalRecovery settings, double level, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[settings.samples()][];
    double[] y = new double[settings.samples()];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextDouble(-1, 1);
      x[i] = new double[] {y[i] + level * random.nextGaussian(), level * random.nextGaussian()};
    }
    return new ToyData(x, y);
  }

  /** The least-squares regression of y on x, as a network of one neuron. */
  Network regression() {
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y, x);
    double[] found = regression.estimateRegressionParameters();
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put(
        "regression",
        new Dense(
            Nd4j.createFromArray(new float[][] {{(float) found[1], (float) found[2]}}),
            Nd4j.createFromArray((float) found[0])));
    return Network.chain(List.of(2L), layers);
  }

  /** {@code [count,2]}: the first samples. */
  INDArray inputs(int count) {
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = new float[] {(float) x[i][0], (float) x[i][1]};
    }
    return Nd4j.createFromArray(rows);
  }
}
