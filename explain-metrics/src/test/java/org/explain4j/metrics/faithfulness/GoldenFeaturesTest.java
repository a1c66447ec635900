package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.explain4j.metrics.GoldenMetrics.assertClose;
import static org.explain4j.metrics.GoldenMetrics.columns;
import static org.explain4j.metrics.GoldenMetrics.expected;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Images;
import org.explain4j.metrics.GoldenMetrics;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows for single features and subsets against independent float64 values, with the draws stored
 * there.
 */
class GoldenFeaturesTest {
  private static final double CURVE = 1e-9;
  private static final double CORRELATION = 1e-8;
  private static final Optional<Integer> SIXTEEN = Optional.of(16);
  private static final Replacement ZERO = new Replacement();

  private final List<Evaluation> methods = GoldenMetrics.evaluations();
  private final Images images = GoldenMetrics.images();

  private void scores(String file, String name, Metric metric, double tolerance) {
    GoldenMetrics.assertScores(methods, file, metric, name, tolerance);
  }

  private static String file(String name, ReadOut readOut) {
    return "a/" + name + (readOut == ReadOut.LOGIT ? "_logit" : "_prob");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIT", "PROBABILITY"})
  void sensitivityToStoredSubsets(ReadOut readOut) {
    Removal removal = Removal.ofPixels(images);
    double[] clean = removal.clean(readOut);
    assertClose("clean", clean, flat(file("base", readOut)), CURVE);
    int[] sizes = {1, 16, 64, 224, 500};
    for (int s = 0; s < sizes.length; s++) {
      int[][] subsets = Shared.npy("golden/metrics/draws/subsets_" + sizes[s]).toIntMatrix();
      double[][] drops = removal.subsets(readOut, ZERO.fill(removal), subsets);
      for (int i = 0; i < drops.length; i++) {
        double base = clean[i];
        double[] own = drops[i];
        Arrays.setAll(own, k -> base - own[k]);
      }
      for (int m = 0; m < methods.size(); m++) {
        double[] values =
            FaithfulnessCorrelation.correlations(removal.sums(methods.get(m)), drops, subsets);
        double[][] expected = expected(file("sensitivity_n", readOut), m);
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).isCloseTo(expected[i][s], within(CORRELATION));
        }
      }
    }
  }

  private static double[] flat(String name) {
    return Arrays.copyOf(
        Shared.npy("golden/metrics/" + name).toDoubleVector(), GoldenMetrics.IMAGES);
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIT", "PROBABILITY"})
  void faithfulnessEstimate(ReadOut readOut) {
    FaithfulnessEstimate metric = new FaithfulnessEstimate(1, ZERO, readOut);
    scores(file("faithfulness_estimate", readOut), "correlation", metric, CORRELATION);
  }

  @Test
  void monotonicityCorrelationOfSinglePixels() {
    MonotonicityCorrelation metric = new MonotonicityCorrelation(1, 1, ZERO, ReadOut.PROBABILITY);
    scores("a/monotonicity_corr_single_prob", "correlation", metric, CORRELATION);
  }

  @Test
  void monotonicityCorrelationOfGroupsSetToStoredValues() {
    double[] scalars = Shared.npy("golden/metrics/draws/uniform_scalars").toDoubleVector();
    for (int m = 0; m < methods.size(); m++) {
      double[][] maps = Maps.rows(methods.get(m).attributions());
      Removal removal = GoldenFaithfulnessTest.labelled(images, i -> groups(maps[i]));
      double[] clean = removal.clean(ReadOut.PROBABILITY);
      double[][] changes = new double[clean.length][16];
      int[][] single = IntStream.range(0, 16).mapToObj(g -> new int[] {g}).toArray(int[][]::new);
      for (double scalar : scalars) {
        Replacement constant = new Replacement(With.CONSTANT, List.of(scalar), 1);
        double[][] out = removal.subsets(ReadOut.PROBABILITY, constant.fill(removal), single);
        for (int i = 0; i < clean.length; i++) {
          for (int g = 0; g < 16; g++) {
            changes[i][g] += Math.pow(out[i][g] - clean[i], 2) / scalars.length;
          }
        }
      }
      double[] values = new double[clean.length];
      for (int i = 0; i < clean.length; i++) {
        double[] strength = removal.groups().get(i).sums(absolute(maps[i]));
        values[i] = MonotonicityCorrelation.correlation(strength, changes[i]);
      }
      assertClose(
          "groups", columns(values), expected("a/monotonicity_corr_groups_prob", m), CORRELATION);
    }
  }

  private static double[] absolute(double... map) {
    return Arrays.stream(map).map(Math::abs).toArray();
  }

  /** Of 49 pixels each, those of smallest absolute value first. */
  private static int[] groups(double... map) {
    int[] order = Order.WEAKEST.of(map, 0);
    int[] groups = new int[map.length];
    for (int rank = 0; rank < order.length; rank++) {
      groups[order[rank]] = rank / 49;
    }
    return groups;
  }

  @Test
  void nonSensitivity() {
    NonSensitivity metric = new NonSensitivity(1, 1, ZERO, ReadOut.PROBABILITY);
    scores("a/nonsensitivity_prob", "features", metric, 0);
  }

  @Test
  void effectiveComplexityWithStoredDraws() {
    EffectiveComplexity metric =
        new EffectiveComplexity(SIXTEEN, 2, 0.01, ZERO, ReadOut.PROBABILITY);
    double[][] draws = Maps.rows(Shared.npy("golden/metrics/draws/uniform_images2"));
    Removal removal = Removal.ofPixels(images);
    int[] counts = removal.steps(SIXTEEN);
    for (int m = 0; m < methods.size(); m++) {
      int[][] orders = Removal.orders(removal.sums(methods.get(m)), Order.STRONGEST);
      double[][] losses = new double[GoldenMetrics.IMAGES][17];
      for (double[] draw : draws) {
        metric.add(losses, removal, i -> draw, orders, counts);
      }
      assertClose("losses", losses, expected("a/effective_complexity_loss", m), CURVE);
      double[] kept = new double[losses.length];
      Arrays.setAll(kept, i -> metric.least(losses[i], counts));
      assertClose("kept", columns(kept), expected("a/effective_complexity_pixels", m), 0);
    }
  }

  @Test
  void infidelity() {
    for (boolean scaled : new boolean[] {false, true}) {
      Infidelity metric = new Infidelity(4, 20, 0.2, scaled, ZERO, 1);
      String end = scaled ? "_scaled" : "";
      scores("a/infidelity_square_binary" + end, "removed", metric, CORRELATION);
      scores("a/infidelity_square_difference" + end, "difference", metric, CORRELATION);
    }
  }

  @Test
  void infidelityToStoredNoise() {
    double[][] noise = Maps.rows(Shared.npy("golden/metrics/draws/infidelity_gauss"));
    Removal removal = Removal.ofPixels(images);
    double[][] drops = Infidelity.drops(removal, removal.clean(ReadOut.LOGIT), noise);
    for (int m = 0; m < methods.size(); m++) {
      double[][] products = Infidelity.products(methods.get(m), noise);
      for (boolean scaled : new boolean[] {false, true}) {
        Infidelity metric = new Infidelity(4, 20, 0.2, scaled, ZERO, 1);
        assertClose(
            "noise",
            columns(metric.infidelities(products, drops)),
            expected("a/infidelity_gauss" + (scaled ? "_scaled" : ""), m),
            CORRELATION);
      }
    }
  }

  @Test
  void completeness() {
    Completeness metric = new Completeness();
    scores("d/completeness_gap", "gap", metric, CURVE);
    scores("d/completeness_gap_relative", "relative-gap", metric, CURVE);
  }
}
