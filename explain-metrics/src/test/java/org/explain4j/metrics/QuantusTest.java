package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.metrics.faithfulness.Completeness;
import org.explain4j.metrics.faithfulness.Deletion;
import org.explain4j.metrics.faithfulness.Infidelity;
import org.explain4j.metrics.faithfulness.Monotonicity;
import org.explain4j.metrics.faithfulness.ReadOut;
import org.explain4j.metrics.faithfulness.Replacement;
import org.explain4j.metrics.maps.AttributionLocalisation;
import org.explain4j.metrics.maps.Consistency;
import org.explain4j.metrics.maps.Part;
import org.explain4j.metrics.maps.RelevanceMass;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where Quantus (85bc29d1, on the same inputs and draws) departs from the papers, and why. */
class QuantusTest {
  private static final Optional<Integer> SIXTEEN = Optional.of(16);
  private static final Replacement ZERO = new Replacement();

  private static double[] quantus(String file, int method, int images) {
    INDArray all = Shared.npy("golden/metrics/quantus/" + file).castTo(DataType.DOUBLE);
    return Arrays.copyOf(all.getRow(method).toDoubleVector(), images);
  }

  private static double[] values(Metric metric, Evaluation evaluation, int score) {
    return metric.evaluate(evaluation).scores().get(score).values();
  }

  @Test
  void itsAreaUnderPixelFlippingLacksTheCleanImageAndTheDivision() {
    Evaluation timesInput = GoldenMetrics.evaluations().get(1);
    double[][] curves =
        new Deletion(SIXTEEN, ZERO, ReadOut.PROBABILITY)
            .evaluate(timesInput)
            .curves()
            .get(0)
            .values();
    double[] theirs = quantus("pixel_flipping_auc", 0, curves.length);
    for (int i = 0; i < curves.length; i++) {
      double[] rest = Arrays.copyOfRange(curves[i], 1, 17);
      double area = Arrays.stream(rest).sum() - (rest[0] + rest[15]) / 2;
      assertThat(area).isCloseTo(theirs[i], within(1e-9));
    }
  }

  @Test
  void itsMonotonicityIsAlwaysTrueAsItsPictureNeverChanges() {
    List<Evaluation> methods = GoldenMetrics.evaluations();
    Monotonicity metric = new Monotonicity(SIXTEEN, ZERO, ReadOut.PROBABILITY);
    int[] theirs = {0, 1, 6};
    for (int m = 0; m < theirs.length; m++) {
      assertThat(quantus("monotonicity", m, GoldenMetrics.IMAGES)).containsOnly(1);
      assertThat(values(metric, methods.get(theirs[m]), 1)).containsOnly(0);
    }
  }

  @Test
  void itsInfidelityRemovesSquaresOneAfterTheOther() {
    Evaluation timesInput = GoldenMetrics.evaluations().get(1);
    double[] ours = values(new Infidelity(), timesInput, 1);
    double[] theirs = quantus("infidelity", 0, ours.length);
    for (int i = 0; i < ours.length; i++) {
      assertThat(theirs[i]).isGreaterThan(2 * ours[i]);
    }
  }

  @Test
  void itsRelevanceMassIsOfSignedSums() {
    List<Evaluation> methods = GoldenMetrics.masked("mask_centre");
    for (int m = 0; m < methods.size(); m++) {
      double[] signed = values(new RelevanceMass(Part.SIGNED), methods.get(m), 0);
      GoldenMetrics.assertClose(
          "mass", signed, quantus("centre_mass_default", m, signed.length), 1e-6);
    }
    assertThat(quantus("centre_mass_default", 0, 3)[2]).isLessThan(-3);
    assertThat(values(new RelevanceMass(), methods.get(0), 0)[2]).isBetween(0.0, 1.0);
  }

  @Test
  void itsWeightedLocalisationFallsWithTheBatch() {
    Evaluation gradient = GoldenMetrics.masked("mask_centre").get(0);
    double[] ours = values(new AttributionLocalisation(), gradient, 1);
    double[] theirs = quantus("centre_attrloc_weighted", 0, ours.length);
    for (int i = 0; i < ours.length; i++) {
      assertThat(theirs[i]).isLessThan(0.01).isLessThan(ours[i] / 100);
    }
  }

  @Test
  void itsConsistencyIsTheSameForAllMapsRandomOnesToo() {
    double[] first = quantus("consistency_default", 0, 64);
    for (int m = 1; m < 7; m++) {
      assertThat(quantus("consistency_default", m, 64)).containsExactly(first, within(1e-12));
    }
    List<Evaluation> methods = GoldenMetrics.masked("mask_centre");
    assertThat(values(new Consistency(), methods.get(0), 0))
        .isNotEqualTo(values(new Consistency(), methods.get(6), 0));
  }

  @Test
  void itsCompletenessFailsIntegratedGradientsForRounding() {
    Evaluation integrated = GoldenMetrics.evaluations().get(GoldenMethods.INTEGRATED);
    double[] gaps = values(new Completeness(), integrated, 1);
    assertThat(Arrays.stream(gaps).max().orElse(1)).isLessThan(0.1);
    assertThat(quantus("completeness", GoldenMethods.INTEGRATED, gaps.length)).containsOnly(0);
  }
}
