package org.explain4j.metrics.maps;

import static org.explain4j.metrics.GoldenMetrics.assertClose;
import static org.explain4j.metrics.GoldenMetrics.assertScores;
import static org.explain4j.metrics.GoldenMetrics.columns;
import static org.explain4j.metrics.GoldenMetrics.expected;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Explained;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Metric.Rebinding;
import org.explain4j.metrics.GoldenMetrics;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every row of the engine against independent float64 values, on all 64 images. */
class GoldenMapsTest {
  private static final int ALL = 64;

  @ParameterizedTest
  @ValueSource(strings = {"garment", "centre"})
  void againstMasks(String mask) {
    List<Evaluation> methods = GoldenMetrics.masked("mask_" + mask);
    String start = "d/" + mask + "_";
    assertScores(methods, start + "pointing_game", new PointingGame(0, Part.SIGNED), "hit", 0);
    assertScores(methods, start + "pointing_game_tol2", new PointingGame(2, Part.SIGNED), "hit", 0);
    assertScores(
        methods,
        start + "top100",
        new TopKIntersection(100 / 784.0, Part.SIGNED),
        "intersection",
        1e-12);
    assertScores(
        methods,
        start + "top100_concept_influence",
        new TopKIntersection(100 / 784.0, Part.SIGNED),
        "concept-influence",
        1e-12);
    assertScores(methods, start + "relevance_mass_pos", new RelevanceMass(), "mass", 1e-9);
    assertScores(
        methods, start + "relevance_mass_signed", new RelevanceMass(Part.SIGNED), "mass", 1e-9);
    assertScores(
        methods, start + "relevance_mass_abs", new RelevanceMass(Part.ABSOLUTE), "mass", 1e-9);
    assertScores(methods, start + "relevance_rank", new RelevanceRank(), "rank", 1e-12);
    assertScores(
        methods, start + "attribution_localisation", new AttributionLocalisation(), "mu", 1e-9);
    assertScores(
        methods,
        start + "attribution_localisation_weighted",
        new AttributionLocalisation(),
        "weighted-mu",
        1e-9);
    assertScores(methods, start + "auc", new Auc(), "area", 1e-9);
  }

  @Test
  void alone() {
    List<Evaluation> methods = GoldenMetrics.masked("mask_centre");
    assertScores(methods, "d/gini", new Sparseness(), "gini", 1e-9);
    assertScores(methods, "d/entropy", new Complexity(), "entropy", 1e-9);
    assertScores(methods, "d/effective_count_1e-5", new EffectiveCount(), "pixels", 0);
  }

  @Test
  void withinTheSet() {
    List<Evaluation> methods = GoldenMetrics.masked("mask_centre");
    assertScores(methods, "d/consistency", new Consistency(), "consistency", 1e-9);
    assertScores(methods, "d/sufficiency", new Sufficiency(), "sufficiency", 1e-9);
    for (int m = 0; m < methods.size(); m++) {
      double[][] distances = Sufficiency.distances(methods.get(m));
      double largest = Arrays.stream(distances).flatMapToDouble(Arrays::stream).max().orElse(1);
      double[][] expected = expected("d/sufficiency_distance", m, ALL);
      for (int i = 0; i < ALL; i++) {
        double[] own = Arrays.stream(distances[i]).map(d -> d / largest).toArray();
        double[] known = expected[i];
        double most = Arrays.stream(expected).flatMapToDouble(Arrays::stream).max().orElse(1);
        assertClose("distance", own, Arrays.stream(known).map(d -> d / most).toArray(), 1e-6);
      }
    }
  }

  @Test
  void onMosaics() {
    INDArray quadrants = Shared.npy("golden/metrics/draws/mosaic_is_target");
    INDArray masks = Nd4j.zeros(DataType.DOUBLE, 16, 28, 28);
    for (int i = 0; i < 16; i++) {
      for (int p = 0; p < 784; p++) {
        int quadrant = p / 28 / 14 * 2 + p % 28 / 14;
        masks.putScalar(new int[] {i, p / 28, p % 28}, quadrants.getDouble(i, quadrant));
      }
    }
    INDArray maps = Shared.npy("golden/metrics/d/mosaic_attributions").castTo(DataType.DOUBLE);
    Images images =
        new Images(
            Shared.goldenNetwork(DataType.DOUBLE),
            Shared.npy("golden/metrics/draws/mosaic"),
            Shared.npy("golden/metrics/draws/mosaic_target").toIntVector(),
            new Known(Optional.of(masks), Optional.empty()),
            new Metric.Shared());
    for (int m = 0; m < 6; m++) {
      INDArray own = maps.slice(m).reshape('c', 16, 1, 28, 28).dup('c');
      Evaluation evaluation =
          new Evaluation(images, new Explained((x, c) -> x, own, Rebinding.none()));
      double[] values = new Focus().evaluate(evaluation).scores().get(0).values();
      assertClose("focus", columns(values), expected("d/focus", m, 16), 1e-9);
    }
  }
}
