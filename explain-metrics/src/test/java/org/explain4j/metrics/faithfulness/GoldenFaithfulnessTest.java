package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.metrics.GoldenMetrics.assertClose;
import static org.explain4j.metrics.GoldenMetrics.columns;
import static org.explain4j.metrics.GoldenMetrics.expected;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Images;
import org.explain4j.metrics.GoldenMetrics;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Order;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every row of the engine against independent float64 values, with the draws stored there. */
class GoldenFaithfulnessTest {
  private static final double CURVE = 1e-9;
  private static final Optional<Integer> SIXTEEN = Optional.of(16);
  private static final Replacement ZERO = new Replacement();
  private static final Replacement FLIP = new Replacement(With.INVERTED, List.of(0.0, 1.0), 1);

  private final List<Evaluation> methods = GoldenMetrics.evaluations();
  private final Images images = GoldenMetrics.images();

  private void curves(String file, Metric metric) {
    for (int m = 0; m < methods.size(); m++) {
      double[][] values = metric.evaluate(methods.get(m)).curves().get(0).values();
      assertClose(file + " " + m, values, expected(file, m), CURVE);
    }
  }

  private void scores(String file, String name, Metric metric, double tolerance) {
    GoldenMetrics.assertScores(methods, file, metric, name, tolerance);
  }

  private static String file(String name, ReadOut readOut) {
    return "a/" + name + (readOut == ReadOut.LOGIT ? "_logit" : "_prob");
  }

  /** With given groups of each example. */
  static Removal labelled(Images images, IntFunction<int[]> labels) {
    Removal single = Removal.ofPixels(images);
    List<Groups> groups =
        IntStream.range(0, single.count()).mapToObj(i -> Groups.of(labels.apply(i))).toList();
    return new Removal(images, single.examples(), single.pixels(), 0, groups);
  }

  private static Fill stored(String name) {
    double[][] rows = GoldenMetrics.rows("metrics/draws/" + name);
    return i -> rows[i];
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIT", "PROBABILITY"})
  void pixelFlippingAndDeletion(ReadOut readOut) {
    curves(file("pixelflip_zero", readOut), new Deletion(SIXTEEN, ZERO, readOut));
    scores(file("deletion_auc", readOut), "area", new Deletion(SIXTEEN, ZERO, readOut), CURVE);
    curves(file("pixelflip_invert", readOut), new PixelFlipping(SIXTEEN, FLIP, readOut));
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIT", "PROBABILITY"})
  void insertion(ReadOut readOut) {
    Insertion metric = new Insertion(SIXTEEN, new Replacement(With.BLUR), readOut);
    curves(file("insertion_blur", readOut), metric);
    scores(file("insertion_auc", readOut), "area", metric, CURVE);
    curves(file("insertion_zero_ascending", readOut), new Monotonicity(SIXTEEN, ZERO, readOut));
  }

  @Test
  void theBlurIsTheStoredOne() {
    double[][] expected = GoldenMetrics.rows("metrics/draws/blurred");
    Fill blur = new Replacement(With.BLUR).fill(Removal.ofPixels(images));
    for (int i = 0; i < GoldenMetrics.IMAGES; i++) {
      assertClose("blur", blur.of(i), expected[i], 1e-12);
    }
  }

  @Test
  void monotonicity() {
    Monotonicity metric = new Monotonicity(SIXTEEN, ZERO, ReadOut.PROBABILITY);
    scores("a/monotonicity_fraction", "rising-steps", metric, CURVE);
    scores("a/monotonicity_bool", "monotone", metric, CURVE);
  }

  @Test
  void insertionFromNothingInAscendingOrderIsDeletionReadBackwards() {
    Evaluation evaluation = methods.get(0);
    double[][] in =
        new Monotonicity(SIXTEEN, ZERO, ReadOut.LOGIT)
            .evaluate(evaluation)
            .curves()
            .get(0)
            .values();
    double[][] out =
        new Deletion(SIXTEEN, ZERO, ReadOut.LOGIT).evaluate(evaluation).curves().get(0).values();
    for (int i = 0; i < in.length; i++) {
      for (int k = 0; k < in[i].length; k++) {
        assertThat(in[i][k]).isEqualTo(out[i][out[i].length - 1 - k]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIT", "PROBABILITY"})
  void regionPerturbationWithStoredNoise(ReadOut readOut) {
    Removal removal = Removal.ofPatches(images, 7);
    Fill noise = stored("uniform_images");
    int[] counts = IntStream.rangeClosed(0, 16).toArray();
    for (int m = 0; m < methods.size(); m++) {
      double[][] sums = removal.sums(methods.get(m));
      assertClose("sums", sums, expected("a/patch7_scores", m), CURVE);
      double[][] morf =
          removal.curve(readOut, noise, Removal.orders(sums, Order.DESCENDING), counts);
      double[][] lerf =
          removal.curve(readOut, noise, Removal.orders(sums, Order.ASCENDING), counts);
      assertClose("morf", morf, expected(file("region7_uniform_morf", readOut), m), CURVE);
      assertClose("lerf", lerf, expected(file("region7_uniform_lerf", readOut), m), CURVE);
      assertClose(
          "aopc",
          columns(Curves.each(morf, Curves::meanDrop)),
          expected(file("aopc_morf", readOut), m),
          CURVE);
      assertClose(
          "abpc",
          columns(Curves.each(Curves.difference(lerf, morf), Curves::mean)),
          expected(file("abpc", readOut), m),
          CURVE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIT", "PROBABILITY"})
  void selectivity(ReadOut readOut) {
    curves(file("selectivity7_zero", readOut), new Selectivity(7, ZERO, readOut));
    scores(file("selectivity_auc", readOut), "area", new Selectivity(7, ZERO, readOut), CURVE);
  }

  @Test
  void irofOnStoredSuperpixels() {
    INDArray labels = GoldenMetrics.first("metrics/draws/irof_segments");
    Removal removal = labelled(images, i -> labels.slice(i).dup('c').reshape(784).toIntVector());
    for (int m = 0; m < methods.size(); m++) {
      double[][] means = removal.means(methods.get(m));
      double[] areas = Irof.areas(removal, means, new Replacement(With.IMAGE_MEAN).fill(removal));
      assertClose("irof", columns(areas), expected("a/irof_aoc", m), CURVE);
    }
  }

  @Test
  void roadWithStoredNoise() {
    Removal removal = Removal.ofPixels(images);
    Fill noise = stored("road_noise");
    for (ReadOut readOut : ReadOut.values()) {
      Road road = new Road(new Road().shares(), 0.01, readOut, 1);
      String word = readOut == ReadOut.PROBABILITY ? "prob" : readOut.word();
      for (int m = 0; m < methods.size(); m++) {
        double[][] sums = removal.sums(methods.get(m));
        int[][] morf = Removal.orders(sums, Order.DESCENDING);
        int[][] lerf = Removal.orders(sums, Order.ASCENDING);
        assertClose(
            "road", road.curves(removal, morf, noise), expected("a/road_morf_" + word, m), CURVE);
        assertClose(
            "road", road.curves(removal, lerf, noise), expected("a/road_lerf_" + word, m), CURVE);
      }
    }
  }

  @Test
  void imputedImages() {
    Removal removal = Removal.ofPixels(images);
    Fill noise = stored("road_noise");
    int[][] orders = Removal.orders(removal.sums(methods.get(0)), Order.DESCENDING);
    INDArray expected = Shared.npy("golden/metrics/a/road_imputed_gradient_first4");
    for (int i = 0; i < Math.min(4, GoldenMetrics.IMAGES); i++) {
      for (int share = 1; share <= 9; share++) {
        double[] target = new double[784];
        int[] missing = Arrays.copyOf(orders[i], 784 * share / 10);
        Road.impute(removal.pixels(), missing, removal.picture(i), noise.of(i), target);
        double[] known = expected.slice(i).getRow(share - 1).toDoubleVector();
        assertClose("imputed", target, known, 1e-9);
      }
    }
  }
}
