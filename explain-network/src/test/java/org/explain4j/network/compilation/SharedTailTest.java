package org.explain4j.network.compilation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.OneDnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Last dense layers that run for eight examples at once. */
class SharedTailTest {
  private final Random random = new Random(1);

  private INDArray normal(double scale, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape, 'c');
    for (long i = 0; i < array.length(); i++) {
      array.data().put(i, scale * random.nextGaussian());
    }
    return array;
  }

  private Dense dense(long k, long d) {
    return new Dense(normal(1 / Math.sqrt((double) d), k, d), normal(0.1, k));
  }

  private Network network(int hidden, Layer activation) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv", new Convolution(normal(0.2, 5, 2, 3, 3), normal(0.1, 5), Window.square(3)));
    layers.put("relu", Activation.RELU);
    layers.put("flatten", new Flatten());
    layers.put("fc1", dense(hidden, 5 * 8 * 8));
    layers.put("activation", activation);
    layers.put("fc2", dense(7, hidden));
    return Network.chain(List.of(2L, 10L, 10L), layers);
  }

  private static Optional<SharedTail> shared(Network network) {
    assumeTrue(OneDnn.isAvailable(), "There is nothing to compile to.");
    return SharedTail.of(network, ForwardProgram.of(network, network.output().name(), 1));
  }

  /** Where a block ends, what is left over and how many threads there are changes no bit. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 15, 16, 37})
  void logitsHaveTheBitsOfExamplesOneByOne(int examples) {
    Network network = network(96, Activation.RELU);
    INDArray inputs = normal(1, examples, 2, 10, 10);
    INDArray together = network.logits(inputs);
    for (int i = 0; i < examples; i++) {
      assertThat(network.logits(Workers.slice(inputs, i, i + 1)).toFloatVector())
          .isEqualTo(Workers.slice(together, i, i + 1).toFloatVector());
    }
  }

  /**
   * On other processors the order of sums may depend on the number of rows: then it is not used.
   */
  @Test
  void itServesWhereDenseLayersMatter() {
    assumeTrue(OneDnn.hasAvx512(), "Sums may be taken in another order.");
    Optional<SharedTail> shared = shared(network(96, Activation.RELU));
    assertThat(shared).isPresent();
    assertThat(shared.orElseThrow().serves(8)).isTrue();
    assertThat(shared.orElseThrow().serves(7)).isFalse();
  }

  @Test
  void fewWeightsOrOtherLayersAreNotWorthIt() {
    assertThat(shared(network(51, Activation.RELU))).isEmpty(); // 16,320 weights
    assertThat(shared(network(96, Activation.of(ActivationFunction.TANH)))).isEmpty();
  }
}
