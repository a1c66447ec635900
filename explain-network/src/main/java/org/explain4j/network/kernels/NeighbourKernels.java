package org.explain4j.network.kernels;

import org.explain4j.network.Normalisation.Neighbours;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.arrays.Planes.Plane;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Local response normalisation: {@code x s} with {@code s = (bias + alpha/size sum x^2)^-beta}. */
public final class NeighbourKernels {
  /** Below this relative difference of two sums the slope is the derivative between them. */
  private static final double CLOSE = 1e-6;

  private NeighbourKernels() {}

  public static INDArray forward(INDArray input, Neighbours settings) {
    return detached(input, input, settings);
  }

  public static INDArray detached(INDArray input, INDArray gradient, Neighbours settings) {
    INDArray factors = factors(input, settings);
    return Elements.product(factors, gradient, factors);
  }

  public static INDArray factors(INDArray input, Neighbours settings) {
    int positions = positions(input);
    return NormalisationKernels.each(
        new INDArray[] {input},
        (planes, out) -> {
          double[] sums = sums(planes[0], positions, (int) input.size(1), settings);
          for (int i = 0; i < sums.length; i++) {
            out.set(i, factor(sums[i], settings));
          }
        });
  }

  public static INDArray secant(
      INDArray input, INDArray reference, INDArray gradient, Neighbours settings) {
    int positions = positions(input);
    int channels = (int) input.size(1);
    return NormalisationKernels.each(
        new INDArray[] {input, reference, gradient},
        (planes, out) -> {
          Plane x = planes[0];
          Plane other = planes[1];
          double[] sums = sums(x, positions, channels, settings);
          double[] others = sums(other, positions, channels, settings);
          double[] slopes = new double[sums.length]; // of the message in each sum
          for (int i = 0; i < slopes.length; i++) {
            slopes[i] =
                planes[2].get(i)
                    * (x.get(i) + other.get(i))
                    / 2
                    * slope(sums[i], others[i], settings);
          }
          for (int i = 0; i < slopes.length; i++) {
            double mean = (factor(sums[i], settings) + factor(others[i], settings)) / 2;
            double squares = 0;
            int channel = i / positions;
            int first = Math.max(0, channel - after(settings));
            int last = Math.min(channels - 1, channel + before(settings));
            for (int c = first; c <= last; c++) {
              squares += slopes[c * positions + i % positions];
            }
            double share = settings.alpha() / settings.size() * (x.get(i) + other.get(i));
            out.set(i, planes[2].get(i) * mean + squares * share);
          }
        });
  }

  private static int positions(INDArray batch) {
    return Math.toIntExact(batch.length() / batch.size(0) / batch.size(1));
  }

  private static int before(Neighbours settings) {
    return (settings.size() - 1) / 2;
  }

  private static int after(Neighbours settings) {
    return settings.size() / 2;
  }

  /** What is raised to the power -beta, for each number. */
  private static double[] sums(Plane x, int positions, int channels, Neighbours settings) {
    double[] sums = new double[positions * channels];
    for (int i = 0; i < sums.length; i++) {
      int channel = i / positions;
      int last = Math.min(channels - 1, channel + after(settings));
      double squares = 0;
      for (int c = Math.max(0, channel - before(settings)); c <= last; c++) {
        double value = x.get(c * positions + i % positions);
        squares += value * value;
      }
      sums[i] = settings.bias() + settings.alpha() / settings.size() * squares;
    }
    return sums;
  }

  private static double factor(double sum, Neighbours settings) {
    return Math.pow(sum, -settings.beta());
  }

  private static double slope(double a, double b, Neighbours settings) {
    if (Math.abs(a - b) < CLOSE * (a + b)) {
      return -settings.beta() * Math.pow((a + b) / 2, -settings.beta() - 1);
    }
    return (factor(a, settings) - factor(b, settings)) / (a - b);
  }
}
