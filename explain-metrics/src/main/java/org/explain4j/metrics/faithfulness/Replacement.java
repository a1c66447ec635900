package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.NoDataException;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What replaces pixels, in all channels.
 *
 * @param with how it is made
 * @param values of {@code constant}: one for each channel or one for all, in units of the network's
 *     input, 0 if empty; of {@code noise} and {@code inverted}: the range of values, low and high,
 *     that of the image itself if empty
 * @param seed of {@code noise}, at least 1
 */
public record Replacement(With with, List<Double> values, long seed) {
  private static final List<Double> ZERO = List.of(0.0);
  private static final int KERNEL = 11;
  private static final double DEVIATION = 5;

  /** Ways to replace pixels. */
  public enum With {
    /** The same value everywhere. */
    CONSTANT,
    /** The mean of the patch or superpixel itself, in each channel (Kindermans et al.). */
    OWN_MEAN,
    /** The mean of the image in each channel. */
    IMAGE_MEAN,
    /** The mean of training images in each channel. */
    DATA_MEAN,
    /** The image blurred: a Gaussian of 11 x 11 pixels, deviation 5, zeros beyond the edge. */
    BLUR,
    /** Uniform noise in the range of values. */
    NOISE,
    /** Low plus high of the range minus the value. */
    INVERTED
  }

  public Replacement {
    values = List.copyOf(values);
    Extension.requireSeed(seed);
    boolean isRange = with == With.NOISE || with == With.INVERTED;
    if (isRange && !values.isEmpty() && values.size() != 2) {
      throw new IllegalArgumentException(
          "The values (" + values + ") of this replacement must be a range: low and high.");
    }
    if (!isRange && with != With.CONSTANT && !values.isEmpty()) {
      throw new IllegalArgumentException(
          "The values (" + values + ") mean nothing to this replacement.\nMaybe leave them out.");
    }
  }

  /** A way without values. */
  Replacement(With with) {
    this(with, List.of(), 1);
  }

  /** Zero, the default. */
  public Replacement() {
    this(With.CONSTANT);
  }

  /** The same with another draw of noise. */
  Replacement draw(int number) {
    return new Replacement(with, values, seed + number);
  }

  /** For the examples of an engine. */
  Fill fill(Removal removal) {
    return switch (with) {
      case CONSTANT -> {
        double[] constant = removal.examples().constant(values.isEmpty() ? ZERO : values);
        yield example -> constant;
      }
      case OWN_MEAN -> i -> means(removal, i, removal.groups().get(i));
      case IMAGE_MEAN -> i -> means(removal, i, new Groups(new int[removal.pixels().count()], 1));
      case DATA_MEAN -> {
        double[] mean = removal.examples().constant(dataMeans(removal.images(), removal.pixels()));
        yield example -> mean;
      }
      case BLUR -> i -> blurred(removal.picture(i), removal.pixels());
      case NOISE -> i -> noise(removal, i);
      case INVERTED -> i -> inverted(removal.picture(i));
    };
  }

  /** In each group and channel its mean. */
  private static double[] means(Removal removal, int example, Groups groups) {
    double[] picture = removal.picture(example);
    int pixels = groups.of().length;
    for (int from = 0; from < picture.length; from += pixels) {
      double[] channel = Arrays.copyOfRange(picture, from, from + pixels);
      double[] mean = groups.means(channel);
      for (int i = 0; i < pixels; i++) {
        picture[from + i] = mean[groups.of()[i]];
      }
    }
    return picture;
  }

  private static List<Double> dataMeans(Images images, Pixels pixels) {
    double[] sums = new double[pixels.channels()];
    Supplier<INDArray> reference =
        images
            .known()
            .reference()
            .orElseThrow(() -> new NoDataException("The data-mean replacement needs examples."));
    try (INDArray data = reference.get()) {
      double[][] rows = Maps.rows(data);
      for (double[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          sums[i / pixels.count()] += row[i] / ((double) pixels.count() * rows.length);
        }
      }
    }
    return Arrays.stream(sums).boxed().toList();
  }

  /** Low and high. */
  private double[] range(double[] picture) {
    return values.isEmpty()
        ? new double[] {
          Arrays.stream(picture).min().orElse(0), Arrays.stream(picture).max().orElse(0)
        }
        : new double[] {values.get(0), values.get(1)};
  }

  private double[] noise(Removal removal, int example) {
    double[] picture = removal.picture(example);
    double[] range = range(picture);
    SplittableRandom random = removal.examples().random(example, seed, 0);
    Arrays.setAll(picture, i -> range[0] + (range[1] - range[0]) * random.nextDouble());
    return picture;
  }

  private double[] inverted(double[] picture) {
    double[] range = range(picture);
    return Arrays.stream(picture).map(value -> range[0] + range[1] - value).toArray();
  }

  static double[] blurred(double[] picture, Pixels pixels) {
    double[] weights = new double[KERNEL];
    Arrays.setAll(
        weights, i -> Math.exp(-Math.pow(i - KERNEL / 2, 2) / (2 * DEVIATION * DEVIATION)));
    double sum = Arrays.stream(weights).sum();
    Arrays.setAll(weights, i -> weights[i] / sum);
    double[] rows = convolved(picture, weights, pixels.width(), 1);
    return convolved(rows, weights, pixels.height(), pixels.width());
  }

  /** Along the dimension of this length and stride, with zeros beyond its ends. */
  private static double[] convolved(double[] picture, double[] weights, int length, int stride) {
    double[] result = new double[picture.length];
    for (int i = 0; i < picture.length; i++) {
      int place = i / stride % length;
      for (int k = 0; k < weights.length; k++) {
        int offset = k - weights.length / 2;
        if (place + offset >= 0 && place + offset < length) {
          result[i] += weights[k] * picture[i + offset * stride];
        }
      }
    }
    return result;
  }
}
