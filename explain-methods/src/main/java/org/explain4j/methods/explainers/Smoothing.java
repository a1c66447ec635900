package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A moment of an attributor's results over noisy copies of each example. */
record Smoothing(Network network, Attributor of, int samples, Noise noise, Moment moment)
    implements Attributor {

  /** Noise to add to an example. */
  interface Noise {
    void add(Chunk chunk, int example, int sample, double[] target);
  }

  /** What is made of the samples. */
  enum Moment {
    MEAN,
    MEAN_SQUARE,
    VARIANCE
  }

  /** Gaussian noise whose standard deviation is a fraction of the example's range. */
  static Noise gaussian(double fraction, long seed) {
    return (chunk, example, sample, target) -> {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      int start = chunk.start(example);
      for (int i = start; i < start + chunk.size(); i++) {
        low = Math.min(low, chunk.values()[i]);
        high = Math.max(high, chunk.values()[i]);
      }
      SplittableRandom random = Keys.random(chunk.key(example), seed, sample);
      for (int i = 0; i < chunk.size(); i++) {
        target[i] += fraction * (high - low) * random.nextGaussian();
      }
    };
  }

  /**
   * @throws IllegalArgumentException if a setting is out of range; with its value
   */
  static void check(int samples, double noise, long seed) {
    Keys.checkCount("samples", samples);
    Keys.checkSeed(seed);
    if (!(noise >= 0)) {
      throw new IllegalArgumentException("The noise (" + noise + ") must not be negative.");
    }
  }

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    return Chunk.attribute(network, inputs, classes, this::smooth);
  }

  private double[] smooth(Chunk chunk) {
    double[] sums = new double[chunk.values().length];
    double[] squares = new double[sums.length];
    chunk.each(
        samples,
        (example, sample, target) -> {
          System.arraycopy(chunk.values(), chunk.start(example), target, 0, chunk.size());
          noise.add(chunk, example, sample, target);
        },
        of::attribute,
        (example, sample, rows, offset) -> {
          int start = chunk.start(example);
          for (int i = 0; i < chunk.size(); i++) {
            double value = rows[offset + i];
            sums[start + i] += value / samples;
            squares[start + i] += value * value / samples;
          }
        });
    if (moment == Moment.VARIANCE) {
      for (int i = 0; i < sums.length; i++) {
        squares[i] = Math.max(0, squares[i] - sums[i] * sums[i]);
      }
    }
    return moment == Moment.MEAN ? sums : squares;
  }
}
