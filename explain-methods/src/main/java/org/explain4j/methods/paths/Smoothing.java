package org.explain4j.methods.paths;

import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A moment of an attributor's results over noisy copies of each example. */
public record Smoothing(Network network, Attributor of, int samples, Noise noise, Moment moment)
    implements Attributor {

  /** Noise to add to an example. */
  public interface Noise {
    void add(ExampleBatch examples, int example, int sample, double[] target);
  }

  /** Which statistic of the samples. */
  public enum Moment {
    MEAN,
    MEAN_SQUARE,
    VARIANCE
  }

  /** Gaussian noise whose standard deviation is a fraction of the example's range. */
  public static Noise gaussian(double fraction, long seed) {
    return (examples, example, sample, target) -> {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      int start = examples.start(example);
      for (int i = start; i < start + examples.size(); i++) {
        low = Math.min(low, examples.values()[i]);
        high = Math.max(high, examples.values()[i]);
      }
      SplittableRandom random = examples.random(example, seed, sample);
      for (int i = 0; i < examples.size(); i++) {
        target[i] += fraction * (high - low) * random.nextGaussian();
      }
    };
  }

  /**
   * @throws IllegalArgumentException if a setting is out of range; the message gives its value
   */
  static void check(int samples, double noise, long seed) {
    Extension.requireCount("samples", samples);
    Extension.requireSeed(seed);
    if (!(noise >= 0)) {
      throw new IllegalArgumentException("The noise (" + noise + ") must not be negative.");
    }
  }

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    return Attributor.of(network, this::smooth).attribute(inputs, classes);
  }

  private double[] smooth(ExampleBatch examples) {
    double[] sums = new double[examples.values().length];
    double[] squares = new double[sums.length];
    examples.each(
        samples,
        (example, sample, target) -> {
          System.arraycopy(examples.values(), examples.start(example), target, 0, examples.size());
          noise.add(examples, example, sample, target);
        },
        (batch, classes) -> of.explain(batch, classes).undivided(),
        (example, sample, rows, offset) -> {
          int start = examples.start(example);
          for (int i = 0; i < examples.size(); i++) {
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
