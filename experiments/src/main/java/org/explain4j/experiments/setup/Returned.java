package org.explain4j.experiments.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.Patterns;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.results.Errors;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks what extensions return: a plug-in's slip is to be told as its own. */
public final class Returned {
  private Returned() {}

  /**
   * @throws IllegalStateException if it is null; the message names the extension's class
   */
  public static <T> T notNull(T value, Extension by) {
    if (value == null) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "'%s' (%s) returned null.", by.id(), by.getClass().getName()));
    }
    return value;
  }

  /**
   * @throws IllegalStateException if they are not patterns of the layer's weights, or not finite
   */
  public static Patterns patterns(Patterns patterns, Extension by, String node, LinearLayer layer) {
    if (!notNull(patterns, by).isIdentity()) {
      for (INDArray pattern : new INDArray[] {patterns.positive(), patterns.negative()}) {
        if (!Arrays.equals(pattern.shape(), layer.weights().shape())) {
          throw new IllegalStateException(
              String.format(
                  Locale.ROOT,
                  "The patterns of node '%s' have the shape %s, its weights %s.",
                  node,
                  Arrays.toString(pattern.shape()),
                  Arrays.toString(layer.weights().shape())));
        }
        if (!Double.isFinite(pattern.sumNumber().doubleValue())) {
          throw new IllegalStateException(
              String.format(Locale.ROOT, "The patterns of node '%s' are not all finite.", node));
        }
      }
    }
    return patterns;
  }

  /**
   * @param shape that they must have
   * @throws IllegalStateException if they are null, of another shape, or not finite
   */
  public static INDArray attributions(INDArray attributions, Extension by, long... shape) {
    if (!Arrays.equals(shape, notNull(attributions, by).shape())) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "The attributions have the shape %s, the images the shape %s.",
              Arrays.toString(attributions.shape()),
              Arrays.toString(shape)));
    }
    // In Java: ND4J's kernels are compiled with fast math and do not see NaN.
    int odd = 0;
    for (float value : attributions.dup('c').data().asFloat()) {
      odd += Float.isFinite(value) ? 0 : 1;
    }
    if (odd > 0) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%d of %d attributions are not finite.\n"
                  + "Maybe they exceed float32: patterns of an untrained network, or of few"
                  + " examples, grow from layer to layer.",
              odd,
              attributions.length()));
    }
    return attributions;
  }

  /**
   * @throws IllegalStateException if it is null, or has not one value per example
   */
  public static Metric.Result result(Metric.Result result, Extension by, int examples) {
    for (Metric.Score score : notNull(result, by).scores()) {
      require("Score", score.name(), score.values().length, examples);
    }
    for (Metric.Curve curve : result.curves()) {
      require("Curve", curve.name(), curve.values().length, examples);
    }
    return result;
  }

  private static void require(String kind, String name, int values, int examples) {
    if (values != examples) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "%s '%s' has %d values for %d images.", kind, name, values, examples));
    }
  }

  /** What an extension does that may read files. */
  @FunctionalInterface
  public interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * What a dataset or a model gives, without which there is nothing to do.
   *
   * @throws IOException if it cannot be read, or if the extension fails or returns null; the
   *     message names its class
   */
  public static <T> T from(Extension by, Reading<T> reading) throws IOException {
    try {
      return notNull(reading.read(), by);
    } catch (ConfigurationException | UncheckedIOException | OutOfMemoryError e) {
      throw e;
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "'%s' (%s) failed: %s",
              by.id(),
              by.getClass().getName(),
              Errors.message(e)),
          e);
    }
  }
}
