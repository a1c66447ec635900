package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.explain4j.metrics.faithfulness.ReadOut.LOGIT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Explained;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Metric.Rebinding;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.api.Metric.Shared;
import org.explain4j.api.Start;
import org.explain4j.metrics.faithfulness.Completeness;
import org.explain4j.metrics.faithfulness.Deletion;
import org.explain4j.metrics.faithfulness.EffectiveComplexity;
import org.explain4j.metrics.faithfulness.FaithfulnessCorrelation;
import org.explain4j.metrics.faithfulness.FaithfulnessEstimate;
import org.explain4j.metrics.faithfulness.Infidelity;
import org.explain4j.metrics.faithfulness.Insertion;
import org.explain4j.metrics.faithfulness.Monotonicity;
import org.explain4j.metrics.faithfulness.MonotonicityCorrelation;
import org.explain4j.metrics.faithfulness.NonSensitivity;
import org.explain4j.metrics.faithfulness.PixelFlipping;
import org.explain4j.metrics.faithfulness.Replacement;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.faithfulness.Selectivity;
import org.explain4j.metrics.faithfulness.SensitivityN;
import org.explain4j.metrics.maps.Auc;
import org.explain4j.metrics.maps.Complexity;
import org.explain4j.metrics.maps.Consistency;
import org.explain4j.metrics.maps.EffectiveCount;
import org.explain4j.metrics.maps.Part;
import org.explain4j.metrics.maps.RelevanceMass;
import org.explain4j.metrics.maps.RelevanceRank;
import org.explain4j.metrics.maps.Sparseness;
import org.explain4j.metrics.maps.Sufficiency;
import org.explain4j.metrics.maps.TopKIntersection;
import org.explain4j.metrics.randomisation.CosineSimilarityConvergence;
import org.explain4j.metrics.randomisation.EfficientMprt;
import org.explain4j.metrics.randomisation.LayerOrder;
import org.explain4j.metrics.randomisation.Mprt;
import org.explain4j.metrics.randomisation.RandomLogit;
import org.explain4j.metrics.randomisation.Similarity;
import org.explain4j.metrics.robustness.AvgSensitivity;
import org.explain4j.metrics.robustness.Continuity;
import org.explain4j.metrics.robustness.LocalLipschitz;
import org.explain4j.metrics.robustness.MaxSensitivity;
import org.explain4j.metrics.robustness.RelativeInputStability;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of 2 x 2 pixels and the logits {@code 4a + 3b - d + 0.5} and 0: small enough for paper.
 */
class HandComputedTest {
  private static final Replacement ZERO = new Replacement();
  private static final Optional<Integer> EACH = Optional.of(4);
  private static final double[] EXACT = {4, 3, 0, -1}; // of an image of ones

  private final Network network = network();

  private static Network network() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    INDArray weights = Nd4j.createFromArray(new double[][] {{4, 3, 0, -1}, {0, 0, 0, 0}});
    layers.put("fc", new Dense(weights, Nd4j.createFromArray(0.5, 0)));
    return Network.chain(List.of(1L, 2L, 2L), layers);
  }

  private static INDArray images(double[]... rows) {
    return Nd4j.createFromArray(rows).reshape('c', rows.length, 1, 2, 2);
  }

  private Evaluation ofOnes(double... map) {
    INDArray ones = images(new double[] {1, 1, 1, 1});
    return new Evaluation(network, ones, new int[1], (x, c) -> x, images(map));
  }

  private Evaluation ofOnes(Attributor attributor) {
    INDArray ones = images(new double[] {1, 1, 1, 1});
    INDArray map = attributor.attribute(ones, new int[1]);
    return new Evaluation(network, ones, new int[1], attributor, map);
  }

  private static void assertValue(Metric metric, Evaluation evaluation, String score, double is) {
    double[] values = GoldenMetrics.score(metric.evaluate(evaluation), score);
    assertThat(values[0]).as(metric.id() + " " + score).isCloseTo(is, within(1e-9));
  }

  @Test
  void curves() {
    // 6.5, 2.5, -0.5, -0.5, 0.5
    assertValue(new Deletion(EACH, ZERO, LOGIT), ofOnes(EXACT), "area", 1.25);
    assertValue(new Selectivity(1, ZERO, LOGIT), ofOnes(EXACT), "area", 1.25);
    assertThat(new Deletion(EACH, ZERO, LOGIT).evaluate(ofOnes(EXACT)).curves().get(0).x())
        .containsExactly(0, 0.25, 0.5, 0.75, 1);
    // 0.5, 4.5, 7.5, 7.5, 6.5
    assertValue(new Insertion(EACH, ZERO, LOGIT), ofOnes(EXACT), "area", 5.75);
    // each pixel becomes 3 - 1: 6.5, 10.5, 13.5, 13.5, 12.5
    Replacement flip = new Replacement(With.INVERTED, List.of(0.0, 3.0), 1);
    assertValue(new PixelFlipping(EACH, flip, LOGIT), ofOnes(EXACT), "area", 11.75);
  }

  @Test
  void monotonicity() {
    Monotonicity metric = new Monotonicity(EACH, ZERO, LOGIT);
    // 0.5, -0.5, -0.5, 2.5, 6.5: the first step does not count
    assertValue(metric, ofOnes(EXACT), "rising-steps", 1);
    assertValue(metric, ofOnes(EXACT), "monotone", 1);
    // 0.5, 4.5, 7.5, 7.5, 6.5
    assertValue(metric, ofOnes(-4, -3, 0, 1), "rising-steps", 2 / 3.0);
    assertValue(metric, ofOnes(-4, -3, 0, 1), "monotone", 0);
  }

  @Test
  void singleFeatures() {
    FaithfulnessEstimate estimate = new FaithfulnessEstimate(1, ZERO, LOGIT);
    assertValue(estimate, ofOnes(EXACT), "correlation", 1);
    assertValue(estimate, ofOnes(3, 4, 0, -1), "correlation", 16 / 17.0);
    MonotonicityCorrelation ranks = new MonotonicityCorrelation(1, 1, ZERO, LOGIT);
    assertValue(ranks, ofOnes(-9, 8, 0, 1), "correlation", 1);
    assertValue(ranks, ofOnes(8, 9, 0, 1), "correlation", 0.8);
    NonSensitivity unfelt = new NonSensitivity(1, 1, ZERO, LOGIT);
    assertValue(unfelt, ofOnes(EXACT), "features", 0);
    assertValue(unfelt, ofOnes(4, 3, 1, 0), "features", 2);
  }

  @Test
  void effectiveComplexity() {
    // kept 0 to 4 of a, b, d, c: squares 36, 4, 1, 0, 0
    for (double[] pair : new double[][] {{0.01, 3}, {2, 2}, {5, 1}, {40, 0}}) {
      EffectiveComplexity metric = new EffectiveComplexity(EACH, 1, pair[0], ZERO, LOGIT);
      assertValue(metric, ofOnes(EXACT), "features", pair[1]);
    }
  }

  @Test
  void infidelityAndCompleteness() {
    Evaluation tooMuch = ofOnes(5, 3, 0, -1);
    assertValue(new Infidelity(1, 5, 0.2, false, ZERO, 1), tooMuch, "removed", 0.25);
    // the best factor is 6/7
    assertValue(new Infidelity(1, 5, 0.2, true, ZERO, 1), tooMuch, "removed", 1 / 14.0);
    assertValue(new Completeness(), tooMuch, "gap", 1);
    assertValue(new Completeness(), tooMuch, "relative-gap", 1 / 6.0);
  }

  @Test
  void sensitivityNOfOneSizeIsFaithfulnessCorrelation() {
    Evaluation any = ofOnes(1, 3, -2, 0.5);
    double[] one =
        GoldenMetrics.score(
            new FaithfulnessCorrelation(1, 0.5, 9, ZERO, LOGIT, 4).evaluate(any), "correlation");
    SensitivityN same = new SensitivityN(1, List.of(0.5), 9, ZERO, LOGIT, 4);
    assertValue(same, any, "correlation", one[0]);
  }

  @Test
  void neighbours() {
    Evaluation twice = ofOnes((x, c) -> x.mul(2));
    assertValue(new LocalLipschitz(), twice, "lipschitz", 2);
    // a shift changes two pixels from 1 to 0, and twice as much of the map
    assertValue(new Continuity(1, 0), twice, "continuity", 4 / Math.sqrt(2));
    assertValue(new RelativeInputStability(), twice, "instability", 1);
    double[] plain =
        GoldenMetrics.score(new MaxSensitivity(7, 0.2, false, 3).evaluate(twice), "sensitivity");
    assertThat(plain[0]).isBetween(0.1, 0.8); // a corner of the cube is 0.4 away
    assertValue(new MaxSensitivity(7, 0.2, true, 3), twice, "sensitivity", plain[0] / 4);
    double[] mean =
        GoldenMetrics.score(new AvgSensitivity(7, 0.2, false, 3).evaluate(twice), "sensitivity");
    assertThat(mean[0]).isLessThan(plain[0]);
    double[] single =
        GoldenMetrics.score(new AvgSensitivity(1, 0.2, false, 3).evaluate(twice), "sensitivity");
    assertValue(new MaxSensitivity(1, 0.2, false, 3), twice, "sensitivity", single[0]);
  }

  @Test
  void anExplanationOfZerosHasNoRelativeSensitivity() {
    Evaluation zeros = ofOnes((x, c) -> x.mul(0));
    double[] values = GoldenMetrics.score(new MaxSensitivity().evaluate(zeros), "sensitivity");
    assertThat(values).containsOnly(Double.NaN);
  }

  /** The second image has the first one's map, but not its class; the third is alone. */
  @Test
  void sets() {
    INDArray inputs = images(new double[] {1, 1, 1, 1}, new double[] {0, 0, 0, 1}, new double[4]);
    INDArray maps =
        images(new double[] {1, 0, 0, 0}, new double[] {2, 0, 0, 0}, new double[] {0, 0, 0, 1});
    Evaluation set = new Evaluation(network, inputs, new int[3], (x, c) -> x, maps);
    for (Metric metric : List.of(new Consistency(1), new Sufficiency())) {
      assertThat(GoldenMetrics.score(metric.evaluate(set), metric.id()))
          .containsExactly(0, 0, Double.NaN);
    }
    // of everything, one of the two others has the class 0
    assertThat(GoldenMetrics.score(new Sufficiency(1).evaluate(set), "sufficiency"))
        .containsExactly(0.5, 0, 0.5);
  }

  @Test
  void mapsAndMasks() {
    INDArray ones = images(new double[] {1, 1, 1, 1});
    INDArray mask = Nd4j.createFromArray(1.0, 0, 0, 1).reshape(1, 2, 2);
    Known known = new Known(Optional.of(mask), Optional.empty());
    Evaluation masked =
        new Evaluation(
            new Images(network, ones, new int[1], known, new Shared()),
            new Explained((x, c) -> x, images(new double[] {3, 1, 2, 0}), Rebinding.none()));
    assertValue(new Auc(), masked, "area", 0.5);
    assertValue(new RelevanceMass(), masked, "mass", 0.5);
    assertValue(new RelevanceRank(), masked, "rank", 0.5);
    assertValue(new TopKIntersection(0.5, Part.SIGNED), masked, "intersection", 0.5);
    assertValue(new TopKIntersection(0.25, Part.SIGNED), masked, "intersection", 1);
    assertValue(new EffectiveCount(0.5), masked, "pixels", 2); // 3 and 2 are more than 1.5
    assertValue(new EffectiveCount(0.7), masked, "pixels", 1);
    assertValue(new Sparseness(), masked, "gini", 10 / 24.0);
    double entropy = Math.log(2) / 2 + Math.log(6) / 6 + Math.log(3) / 3;
    assertValue(new Complexity(), masked, "entropy", entropy);
  }

  @Test
  void changedNetworksAndClasses() {
    INDArray ones = images(new double[] {1, 1, 1, 1});
    INDArray before = images(new double[] {0, 0, 0, 1});
    INDArray after = images(new double[] {0, 0, 1, 1});
    Evaluation changed =
        new Evaluation(
            new Images(network, ones, new int[1]),
            new Explained(
                (x, classes) -> classes[0] == 0 ? before.dup() : after.dup(),
                before,
                (other, use) -> (x, classes) -> after.dup()));
    double quarter = Math.log(4) - 0.75 * Math.log(3); // entropy of 3 and 1 of 4
    assertValue(
        new EfficientMprt(2, PatternUse.KEPT, 1),
        changed,
        "entropy-rise",
        (Math.log(2) - quarter) / quarter);
    List<Similarity> cosine = List.of(Similarity.COSINE);
    assertValue(new RandomLogit(cosine, 1), changed, "cosine", Math.sqrt(0.5));
    Mprt mprt = new Mprt(LayerOrder.TOP_DOWN, cosine, PatternUse.KEPT, 1);
    assertValue(mprt, changed, "cosine", Math.sqrt(0.5));
  }

  /** All that is passed down is a multiple of the first class's weights. */
  @Test
  void aBackwardPassThroughOneVectorHasConverged() {
    Attributor gradient = Attributor.of(network, Composite.gradient(), Start.ONE);
    assertValue(new CosineSimilarityConvergence(), ofOnes(gradient), "cosine", 1);
    double[] none =
        GoldenMetrics.score(new CosineSimilarityConvergence().evaluate(ofOnes(EXACT)), "cosine");
    assertThat(none).containsOnly(Double.NaN); // no backward pass
    assertThat(network.dataType()).isEqualTo(DataType.DOUBLE);
  }
}
