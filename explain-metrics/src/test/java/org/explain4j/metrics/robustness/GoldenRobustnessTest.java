package org.explain4j.metrics.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.metrics.GoldenMetrics.assertClose;
import static org.explain4j.metrics.GoldenMetrics.columns;
import static org.explain4j.metrics.GoldenMetrics.expected;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.metrics.GoldenMethods;
import org.explain4j.metrics.GoldenMetrics;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every row of the engine against independent float64 values, with the noise stored there. */
class GoldenRobustnessTest {
  private static final int DRAWS = 5;
  private static final double[][] UNIFORM = draws("noise_uniform");
  private static final double[][] GAUSSIAN = draws("noise_gauss");

  private final List<Evaluation> methods = GoldenMethods.evaluations();

  private static double[][] draws(String name) {
    return Maps.rows(Shared.npy("golden/metrics/draws/" + name).castTo(DataType.DOUBLE));
  }

  private static double tolerance(int method, double usual) {
    return method == GoldenMethods.INTEGRATED ? 1e-7 : usual;
  }

  @Test
  void sensitivity() {
    for (int m = 0; m < methods.size(); m++) {
      Neighbours neighbours = Neighbours.of(methods.get(m));
      Neighbours.Maker maker = Noise.given(neighbours, UNIFORM);
      double[][] each = Sensitivity.distances(neighbours, DRAWS, maker, true);
      double[][] plain = Sensitivity.distances(neighbours, DRAWS, maker, false);
      double most = tolerance(m, 1e-9);
      assertClose("draws " + m, each, expected("b/sensitivity_per_draw", m), most);
      check("max_sensitivity", m, summarised(each, Vectors::largestOfKnown), most);
      check("avg_sensitivity", m, summarised(each, Vectors::meanOfKnown), most);
      check("max_sensitivity_unnormalised", m, summarised(plain, Vectors::largestOfKnown), most);
      check("avg_sensitivity_unnormalised", m, summarised(plain, Vectors::meanOfKnown), most);
    }
  }

  private static double[] summarised(double[][] values, ToDoubleFunction<double[]> summary) {
    return Arrays.stream(values).mapToDouble(summary).toArray();
  }

  private static void check(String file, int method, double[] values, double tolerance) {
    assertClose(file + " " + method, columns(values), expected("b/" + file, method), tolerance);
  }

  @Test
  void localLipschitz() {
    for (int m = 0; m < methods.size(); m++) {
      Neighbours neighbours = Neighbours.of(methods.get(m));
      double[][] each =
          LocalLipschitz.quotients(neighbours, DRAWS, Noise.given(neighbours, GAUSSIAN));
      assertClose("draws " + m, each, expected("b/lipschitz_per_draw", m), tolerance(m, 1e-9));
      check("local_lipschitz", m, summarised(each, Vectors::largestOfKnown), tolerance(m, 1e-9));
    }
  }

  @Test
  void continuity() {
    for (int m = 0; m < methods.size(); m++) {
      double[][] each = new Continuity(2, 0).quotients(Neighbours.of(methods.get(m)));
      assertClose("shifts " + m, each, expected("b/continuity_per_shift", m), tolerance(m, 1e-9));
      check("continuity", m, summarised(each, Vectors::largestOfKnown), tolerance(m, 1e-9));
    }
  }

  @Test
  void relativeStabilities() {
    Network network = methods.get(0).network();
    for (int m = 0; m < methods.size(); m++) {
      Neighbours neighbours = Neighbours.of(methods.get(m));
      RelativeStability stability =
          new RelativeStability(neighbours, DRAWS, Noise.given(neighbours, UNIFORM));
      double most = 1e-6;
      check("ris", m, stability.largest(stability.inputs()), most);
      check("ros", m, stability.largest(stability.outputs()), most);
      check("rrs_fc1_relu", m, stability.largest(stability.layer(network.node("relu5"))), most);
      check("rrs_conv4_pre", m, stability.largest(stability.layer(network.node("conv4"))), most);
      assertThat(stability.node(Optional.empty()).name()).isEqualTo("fc1");
      assertThat(stability.node(Optional.of("conv2")).name()).isEqualTo("conv2");
    }
  }

  @Test
  void neighboursWithTheSamePrediction() {
    Neighbours neighbours = Neighbours.of(methods.get(0));
    boolean[][] same = neighbours.samePrediction(DRAWS, Noise.given(neighbours, UNIFORM));
    INDArray expected = Shared.npy("golden/metrics/b/same_prediction");
    for (int i = 0; i < GoldenMetrics.IMAGES; i++) {
      for (int k = 0; k < DRAWS; k++) {
        assertThat(same[i][k]).isEqualTo(expected.getDouble(k, i) != 0);
      }
    }
  }

  @Test
  void inputInvariance() {
    for (int m = 0; m < methods.size(); m++) {
      invariance(m, methods.get(m));
    }
  }

  /** Its baseline is shifted with the input: then it does not change either. */
  @Test
  void integratedGradientsFromAShiftedBaseline() {
    Evaluation plain = methods.get(GoldenMethods.INTEGRATED);
    Evaluation shifted = GoldenMethods.evaluations(-1).get(GoldenMethods.INTEGRATED);
    invariance(
        methods.size(),
        new Evaluation(
            plain.images(),
            new org.explain4j.api.Metric.Explained(
                plain.attributor(), plain.attributions(), shifted.explained().rebinding())));
  }

  private static void invariance(int row, Evaluation evaluation) {
    var scores = new InputInvariance(-1).evaluate(evaluation).scores();
    check("input_invariance_max_abs", row, scores.get(0).values(), 1e-7);
    check("input_invariance_rel_l2", row, scores.get(1).values(), 1e-7);
  }

  @Test
  void theCompensatedNetworkComputesTheSame() {
    Evaluation evaluation = methods.get(0);
    Network compensated = Compensation.of(evaluation.network(), -1).orElseThrow();
    INDArray expected = evaluation.network().logits(evaluation.inputs());
    assertThat(Shared.distance(compensated.logits(evaluation.inputs().sub(1)), expected))
        .isLessThan(1e-13);
  }
}
