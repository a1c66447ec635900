package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Explained;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Metric.Rebinding;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.testing.Shared;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Float64 values of metrics by independent code, from {@code ../shared/golden/metrics}. */
public final class GoldenMetrics {
  /** In the order of the files' first axis. */
  public static final List<String> ATTRIBUTIONS =
      List.of(
          "captum/gradient",
          "captum/input_x_gradient",
          "captum/integrated_gradients_gausslegendre",
          "captum/guided_backprop",
          "zennit/lrp_epsilon_0.25",
          "backproj/patternattr_pos",
          "metrics/draws/random_attribution");

  /** How many of the 64 images are evaluated. */
  public static final int IMAGES = Integer.getInteger("explain4j.golden.images", 2);

  private GoldenMetrics() {}

  /** The first images. */
  public static Images images() {
    return images(IMAGES);
  }

  private static Images images(int count) {
    Network network = Shared.goldenNetwork(DataType.DOUBLE);
    int[] classes = Arrays.copyOf(Shared.goldenClasses(), count);
    return new Images(network, first("inputs", count), classes);
  }

  /** The first rows of an array, in float64. */
  public static INDArray first(String name) {
    return first(name, IMAGES);
  }

  private static INDArray first(String name, int count) {
    return Batches.slice(Shared.npy("golden/" + name), 0, count).castTo(DataType.DOUBLE).dup('c');
  }

  /** Those of an array of numbers by image. */
  public static double[][] rows(String name) {
    INDArray array = first(name);
    return array.reshape('c', IMAGES, -1).toDoubleMatrix();
  }

  /** Of all seven methods. */
  public static List<Evaluation> evaluations() {
    return evaluations(images());
  }

  /** Of the first images with the masks of a file. */
  public static List<Evaluation> masked(String masks) {
    Images plain = images(64);
    Known known = new Known(Optional.of(first("metrics/draws/" + masks, 64)), Optional.empty());
    return evaluations(
        new Images(plain.classifier(), plain.inputs(), plain.classes(), known, plain.shared()));
  }

  private static List<Evaluation> evaluations(Images images) {
    int count = images.classes().length;
    return ATTRIBUTIONS.stream()
        .map(name -> new Explained((x, c) -> x, first(name, count), Rebinding.none()))
        .map(explained -> new Evaluation(images, explained))
        .toList();
  }

  /** The values of a method, one row for each image. */
  public static double[][] expected(String name, int method) {
    return expected(name, method, IMAGES);
  }

  /** The values of a method for so many images. */
  public static double[][] expected(String name, int method, int images) {
    INDArray own = Shared.npy("golden/metrics/" + name).castTo(DataType.DOUBLE).slice(method);
    return IntStream.range(0, images)
        .mapToObj(
            i -> {
              INDArray row = own.rank() == 1 ? own.getScalar(i) : own.slice(i);
              return row.dup('c').reshape(row.length()).toDoubleVector();
            })
        .toArray(double[][]::new);
  }

  /** The same relative to their size, and NaN where NaN is expected. */
  public static void assertClose(
      String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(actual[i]).as(what + " " + i).isNaN();
      } else {
        double distance = Math.abs(actual[i] - expected[i]);
        assertThat(distance)
            .as("%s %d: %s, not %s", what, i, actual[i], expected[i])
            .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(expected[i])));
      }
    }
  }

  /** Likewise of all images. */
  public static void assertClose(
      String what, double[][] actual, double[][] expected, double tolerance) {
    for (int i = 0; i < actual.length; i++) {
      assertClose(what + " of image " + i, actual[i], expected[i], tolerance);
    }
  }

  /** One value each. */
  public static double[][] columns(double... values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  /** A score of a result. */
  public static double[] score(Metric.Result result, String name) {
    return result.scores().stream()
        .filter(score -> score.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values();
  }

  /** A score of each method is that of a file. */
  public static void assertScores(
      List<Evaluation> methods, String file, Metric metric, String score, double tolerance) {
    for (int m = 0; m < methods.size(); m++) {
      double[] values = score(metric.evaluate(methods.get(m)), score);
      double[][] expected = expected(file, m, values.length);
      assertClose(file + " " + m, columns(values), expected, tolerance);
    }
  }
}
