package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.explain4j.experiments.stages.ComparedNeurons.Family;
import org.explain4j.reports.runs.NeuronRho;
import org.junit.jupiter.api.Test;

final class ComparedNeuronsTest {
  private static final Family FAMILY = new Family("fc1", "closed-form", "post");

  private static NeuronRho neuron(String estimator, int neuron, double rho, boolean included) {
    return new NeuronRho("fc1", estimator, "post", "post", "closed-form", neuron, rho, 1, included);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /**
   * Linear has .875 over the 30 neurons that are ever positive, two-component .497 over 64 of which
   * 34 never are: on the same 30 it has .870.
   */
  @Test
  void linearOver30NeuronsIsNotComparedWithTwoComponentOver64() {
    List<NeuronRho> rows = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      boolean fires = i % 2 == 0 && i < 60;
      rows.add(neuron("linear post", i, fires ? .875 : Double.NaN, fires));
      rows.add(neuron("two-component post", i, fires ? .87 : .1679, true));
    }
    ComparedNeurons neurons = new ComparedNeurons(rows);
    double[] linear = neurons.compared(FAMILY, "linear post", NeuronRho::rho);
    double[] two = neurons.compared(FAMILY, "two-component post", NeuronRho::rho);
    assertThat(linear).hasSize(30);
    assertThat(two).hasSize(30);
    assertThat(mean(linear)).isCloseTo(.875, within(1e-9));
    assertThat(mean(two)).isCloseTo(.870, within(1e-9));
    double all =
        mean(
            neurons.of(FAMILY, "two-component post").stream()
                .mapToDouble(NeuronRho::rho)
                .toArray());
    assertThat(all).isCloseTo(.497, within(.001));
  }

  @Test
  void anEstimatorWithoutAnyNeuronLeavesTheOthersTheirs() {
    List<NeuronRho> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rows.add(neuron("filter", i, .1 * i, i > 0));
      rows.add(neuron("broken", i, Double.NaN, false));
    }
    ComparedNeurons neurons = new ComparedNeurons(rows);
    assertThat(neurons.compared(FAMILY)).containsExactly(1, 2);
    assertThat(neurons.compared(FAMILY, "broken", NeuronRho::rho)).isEmpty();
    assertThat(neurons.compared(FAMILY, "identity", NeuronRho::rho)).isEmpty();
    assertThat(neurons.compared(new Family("fc2", "closed-form", "post"))).isEmpty();
  }
}
