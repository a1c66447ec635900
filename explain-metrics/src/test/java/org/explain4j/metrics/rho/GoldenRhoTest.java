package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** rho against an independent float64 numpy implementation, pre-activation as target. */
class GoldenRhoTest {
  private static final String[] ESTIMATORS = {"Su", "Sw", "Sa", "Sa+-"};

  @Test
  void firstConvolution() {
    everyNeuron("conv1", GoldenLayers.firstPatches("B"), GoldenLayers.firstPatches("C"));
  }

  /** At every position of few images: their values are of least squares on explicit residuals. */
  @Test
  void secondConvolution() {
    LayerSamples b = GoldenLayers.secondPatches(0);
    LayerSamples c = GoldenLayers.secondPatches(100);
    for (String estimator : ESTIMATORS) {
      Patterns patterns = GoldenLayers.patternsOf500("conv2", estimator);
      INDArray expected = Shared.npy("golden/rho500/conv2_" + estimator);
      everyNeuron(rho(new ClosedForm(), "conv2", b, c, patterns), expected, estimator);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"conv2", "conv3", "conv4"})
  void otherConvolutions(String layer) {
    everyNeuron(
        layer,
        GoldenLayers.samples(layer, 10_000, 12_000, "B", DataType.FLOAT),
        GoldenLayers.samples(layer, 12_000, 14_000, "C", DataType.FLOAT));
  }

  /** 36 of the 128 inputs are constant on split B, so that the ridge decides: it must be theirs. */
  @Tag("slow")
  @Test
  void lastDenseLayerWithTheirRidge() {
    LayerSamples b = GoldenLayers.samples("fc2", 10_000, 12_000, "B", DataType.FLOAT);
    LayerSamples c = GoldenLayers.samples("fc2", 12_000, 14_000, "C", DataType.FLOAT);
    for (String estimator : ESTIMATORS) {
      Patterns patterns = GoldenLayers.patterns("fc2", estimator);
      INDArray expected = Shared.npy("golden/rho/fc2_" + estimator);
      double[] ridges = ridges(b, patterns);
      for (int j = 0; j < ridges.length; j++) {
        Rho rho = rho(new ClosedForm(1e-6 * ridges[j]), "fc2", b, c, patterns);
        compare(rho, expected, j, estimator);
      }
    }
  }

  /**
   * Without a ridge their values are those of the directions without data. Of S_a and S_a+- they
   * are not: an input that fires on split A and never on B carries y into the residual, a ridge
   * passes over that, and exact least squares does not.
   */
  @Tag("slow")
  @Test
  void lastDenseLayerWithoutRidge() {
    LayerSamples b = GoldenLayers.samples("fc2", 10_000, 12_000, "B", DataType.FLOAT);
    LayerSamples c = GoldenLayers.samples("fc2", 12_000, 14_000, "C", DataType.FLOAT);
    for (String estimator : ESTIMATORS) {
      Rho rho = rho(new ClosedForm(0), "fc2", b, c, GoldenLayers.patterns("fc2", estimator));
      assertThat(rho.diagnostics()).containsEntry("dropped-inputs", 36.0);
      INDArray expected = Shared.npy("golden/rho/fc2_" + estimator);
      if (estimator.equals("Su") || estimator.equals("Sw")) {
        for (int j = 0; j < 10; j++) {
          compare(rho, expected, j, estimator);
        }
      } else {
        double leaking = Arrays.stream(rho.fitted()).filter(r -> r < 0.05).count();
        assertThat(rho.diagnostics()).containsEntry("leaking", leaking);
        assertThat(leaking).isBetween(5.0, 7.0);
      }
    }
  }

  /** Fewer than two samples for each of 1,568 inputs, or 13. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "10000,12000,14000,1e-6,''",
    "10000,12000,14000,1e-2,_ridge1e-2",
    "14000,34000,44000,1e-6,_big"
  })
  void layerMeansOfTheFirstDenseLayer(int from, int middle, int to, double ridge, String file) {
    LayerSamples b = GoldenLayers.samples("fc1", from, middle, null, DataType.FLOAT);
    LayerSamples c = GoldenLayers.samples("fc1", middle, to, null, DataType.FLOAT);
    for (String estimator : ESTIMATORS) {
      Patterns patterns = GoldenLayers.patterns("fc1", estimator);
      INDArray expected = Shared.npy("golden/rho/fc1_" + estimator + file);
      double own = ridge * Arrays.stream(ridges(b, patterns)).sorted().toArray()[64];
      Rho rho = rho(new ClosedForm(own), "fc1", b, c, patterns);
      assertThat(Arrays.stream(rho.fitted()).average().orElseThrow())
          .as(estimator)
          .isCloseTo(expected.getRow(0).meanNumber().doubleValue(), within(1e-3));
      assertThat(Arrays.stream(rho.evaluated()).average().orElseThrow())
          .as(estimator)
          .isCloseTo(expected.getRow(1).meanNumber().doubleValue(), within(1e-3));
    }
  }

  private static void everyNeuron(String layer, LayerSamples b, LayerSamples c) {
    for (String estimator : ESTIMATORS) {
      Patterns patterns = GoldenLayers.patterns(layer, estimator);
      INDArray expected = Shared.npy("golden/rho/" + layer + "_" + estimator);
      everyNeuron(rho(new ClosedForm(), layer, b, c, patterns), expected, estimator);
    }
  }

  private static void everyNeuron(Rho rho, INDArray expected, String estimator) {
    for (int j = 0; j < rho.fitted().length; j++) {
      compare(rho, expected, j, estimator);
    }
  }

  private static Rho rho(
      ClosedForm quality, String layer, LayerSamples b, LayerSamples c, Patterns patterns) {
    return quality.of(GoldenLayers.layer(layer), b, c).rho(patterns, RegressionTarget.PRE);
  }

  private static void compare(Rho rho, INDArray expected, int neuron, String estimator) {
    assertThat(rho.fitted()[neuron])
        .as("%s, neuron %d, fitted", estimator, neuron)
        .isCloseTo(expected.getDouble(0, neuron), within(1e-4));
    assertThat(rho.evaluated()[neuron])
        .as("%s, neuron %d, evaluated", estimator, neuron)
        .isCloseTo(expected.getDouble(1, neuron), within(1e-4));
  }

  /** The golden files' ridge is relative to the mean variance of each residual, ours of x. */
  private static double[] ridges(LayerSamples fit, Patterns patterns) {
    LayerCovariances covariances = new LayerCovariances(fit.moments());
    INDArray deviations = ResidualStatistics.of(covariances, patterns).deviations();
    double inputs = covariances.variances().meanNumber().doubleValue();
    return deviations.mul(deviations).mean(1).div(inputs).toDoubleVector();
  }
}
