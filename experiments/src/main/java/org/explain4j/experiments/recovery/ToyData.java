package org.explain4j.experiments.recovery;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.util.MathArrays;
import org.explain4j.experiments.configuration.SignalRecovery;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Samples x = a_s y + noise with a_s the first unit vector and y uniform in [-1,1].
 *
 * @param x {@code [samples][d]}
 * @param y {@code [samples]}
 */
record ToyData(double[][] x, double[] y) {

  /** The noise is the sum of e_j times a direction a_j, e_j ~ N(mean, deviation^2). */
  static ToyData distractors(
      SignalRecovery settings, List<double[]> directions, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[settings.samples()][];
    double[] y = new double[settings.samples()];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextDouble(-1, 1);
      x[i] = new double[directions.get(0).length];
      x[i][0] = y[i];
      for (double[] direction : directions) {
        double e = mean + settings.deviation() * random.nextGaussian();
        for (int k = 0; k < direction.length; k++) {
          x[i][k] += direction[k] * e;
        }
      }
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
    double[][] rows = new double[x.length][];
    Arrays.setAll(rows, i -> MathArrays.concatenate(new double[] {1}, x[i])); // the bias first
    double[] found =
        new QRDecomposition(new Array2DRowRealMatrix(rows, false))
            .getSolver()
            .solve(new ArrayRealVector(y, false))
            .toArray();
    float[][] weights = new float[1][found.length - 1];
    for (int k = 0; k < weights[0].length; k++) {
      weights[0][k] = (float) found[k + 1];
    }
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put(
        "regression",
        new Dense(Nd4j.createFromArray(weights), Nd4j.createFromArray((float) found[0])));
    return Network.chain(List.of((long) weights[0].length), layers);
  }

  /** {@code [count,d]}: the first samples. */
  INDArray inputs(int count) {
    return Nd4j.createFromArray(Arrays.copyOf(x, count)).castTo(DataType.FLOAT);
  }
}
