package org.explain4j.experiments.recovery;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;
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
  static ToyData distractor(SignalRecovery settings, double[] direction, double mean, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[settings.samples()][];
    double[] y = new double[settings.samples()];
    for (int i = 0; i < y.length; i++) {
      y[i] = random.nextDouble(-1, 1);
      double e = mean + settings.deviation() * random.nextGaussian();
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
    double[] first = centred(Arrays.stream(x).mapToDouble(row -> row[0]).toArray());
    double[] second = centred(Arrays.stream(x).mapToDouble(row -> row[1]).toArray());
    double a = product(first, first);
    double b = product(first, second);
    double c = product(second, second);
    double determinant = a * c - b * b;
    double u = product(first, y);
    double v = product(second, y);
    double[] w = {(c * u - b * v) / determinant, (a * v - b * u) / determinant};
    double bias =
        IntStream.range(0, y.length)
            .mapToDouble(i -> y[i] - w[0] * x[i][0] - w[1] * x[i][1])
            .average()
            .orElseThrow();
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put(
        "regression",
        new Dense(
            Nd4j.createFromArray(new float[][] {{(float) w[0], (float) w[1]}}),
            Nd4j.createFromArray((float) bias)));
    return Network.chain(List.of(2L), layers);
  }

  private static double[] centred(double[] values) {
    double mean = Mean.of(values).getAsDouble();
    return Arrays.stream(values).map(value -> value - mean).toArray();
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
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
