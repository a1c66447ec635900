package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.explain4j.experiments.configuration.InputNoise;
import org.explain4j.experiments.configuration.MetaEvaluation;
import org.explain4j.experiments.configuration.ValueRange;
import org.explain4j.experiments.configuration.WeightNoise;
import org.explain4j.experiments.stages.Perturbation.Strength;
import org.explain4j.experiments.tiny.TinyImages;
import org.explain4j.experiments.tiny.TinyNetwork;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.reports.runs.MetaScore.Space;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class PerturbationTest {
  private static final MetaEvaluation SETTINGS =
      new MetaEvaluation(
          List.of(),
          List.of(),
          5,
          20,
          new InputNoise(new ValueRange(-0.01, 0.01), new ValueRange(0, 3)),
          new WeightNoise(0.001, 2));

  private final Network network = new TinyNetwork().provide(null).network();
  private final INDArray clean = new TinyImages().open(null).test().inputs(0, 1, 2, 3, 4, 5);

  private double[] noise(Strength strength, int number, INDArray images, long seed) {
    try (INDArray noisy =
            new Perturbation(Space.INPUT, strength, number)
                .inputs(images.dup(), network, SETTINGS, seed);
        INDArray noise = noisy.sub(images)) {
      return noise.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
  }

  @Test
  void inputsGetUniformNoiseOfTheStrength() {
    double[] minor = noise(Strength.MINOR, 0, clean, 1);
    double[] disruptive = noise(Strength.DISRUPTIVE, 0, clean, 1);
    assertThat(Arrays.stream(minor).min().getAsDouble()).isBetween(-0.0101, -0.0095);
    assertThat(Arrays.stream(minor).max().getAsDouble()).isBetween(0.0095, 0.0101);
    assertThat(Arrays.stream(disruptive).min().getAsDouble()).isBetween(-1e-6, 0.1);
    assertThat(Arrays.stream(disruptive).average().getAsDouble()).isCloseTo(1.5, within(0.2));
    assertThat(Arrays.stream(disruptive).max().getAsDouble()).isBetween(2.9, 3.001);
  }

  @Test
  void noiseIsAnothersForEachNumberAndSeedButNotForEachBatch() {
    double[] one = noise(Strength.MINOR, 0, clean, 1);
    assertThat(noise(Strength.MINOR, 0, clean, 1)).containsExactly(one);
    assertThat(noise(Strength.MINOR, 1, clean, 1)).isNotEqualTo(one);
    assertThat(noise(Strength.MINOR, 0, clean, 2)).isNotEqualTo(one);
    double[] last = noise(Strength.MINOR, 0, Batches.slice(clean, 4, 6), 1);
    assertThat(last).containsExactly(Arrays.copyOfRange(one, 4 * 36, 6 * 36));
  }

  @Test
  void weightsGetFactorsAroundOne() {
    for (Strength strength : Strength.values()) {
      Network noisy = new Perturbation(Space.WEIGHTS, strength, 0).network(network, SETTINGS, 1);
      double[] before = weights(network);
      double[] after = weights(noisy);
      double squares = 0;
      for (int i = 0; i < before.length; i++) {
        squares += Math.pow(after[i] / before[i] - 1, 2) / before.length;
      }
      double deviation = strength == Strength.MINOR ? 0.001 : 2;
      assertThat(Math.sqrt(squares)).isCloseTo(deviation, within(0.15 * deviation));
    }
  }

  @Test
  void eachPerturbsItsOwnSpaceOnly() {
    Perturbation ofInputs = new Perturbation(Space.INPUT, Strength.DISRUPTIVE, 0);
    Perturbation ofWeights = new Perturbation(Space.WEIGHTS, Strength.DISRUPTIVE, 0);
    assertThat(ofInputs.network(network, SETTINGS, 1)).isSameAs(network);
    assertThat(ofWeights.inputs(clean, network, SETTINGS, 1)).isSameAs(clean);
    assertThat(weights(ofWeights.network(network, SETTINGS, 1)))
        .isEqualTo(weights(ofWeights.network(network, SETTINGS, 1)))
        .isNotEqualTo(weights(ofWeights.network(network, SETTINGS, 2)));
  }

  private static double[] weights(Network network) {
    return network.linearNodes().stream()
        .map(node -> ((LinearLayer) node.layer()).weights().castTo(DataType.DOUBLE).dup('c'))
        .flatMapToDouble(array -> Arrays.stream(array.data().asDouble()))
        .toArray();
  }
}
