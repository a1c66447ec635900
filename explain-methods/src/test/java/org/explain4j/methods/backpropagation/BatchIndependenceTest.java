package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Propagation;
import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An example's logits and attributions have the same bits in batches of 1, 7 and 100, with one
 * thread and two, and when they are computed once more: for every method of one pass. So have
 * moments.
 */
class BatchIndependenceTest {
  private static final int EXAMPLES = 100;

  @BeforeAll
  static void compiled() {
    assumeTrue(OneDnn.isAvailable(), "ND4J's own operations promise no equal bits.");
  }

  static Stream<Network> networks() {
    return Stream.of(
            Networks.convolutional(), Networks.graph(), Networks.grouped(), Networks.perceptron())
        .map(network -> network.cast(DataType.FLOAT));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void logitsAreIndependentOfTheBatch(Network network) {
    INDArray inputs = Networks.inputs(network, EXAMPLES, 7).subi(0.5);
    requireSameBits("logits", inputs, network::logits);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void attributionsAreIndependentOfTheBatch(Network network) {
    INDArray inputs = Networks.inputs(network, EXAMPLES, 7).subi(0.5);
    INDArray data = Networks.inputs(network, 40, 11);
    Subject known = Subject.of(network, NetworkMoments.collect(network, data));
    Subject subject = new Subject(network, known.patterns(), data::dup);
    Map<String, Propagation> methods = methods(subject);
    assertThat(methods).hasSizeGreaterThan(15);
    methods.forEach(
        (id, method) ->
            requireSameBits(
                id,
                inputs,
                batch ->
                    method.attribute(
                        batch, IntStream.range(0, (int) batch.size(0)).map(i -> 1).toArray())));
  }

  private static Map<String, Propagation> methods(Subject subject) {
    Map<String, Propagation> methods = new TreeMap<>();
    for (Explainer explainer : Catalog.of(Explainer.class).providers().values()) {
      try {
        if (!explainer.id().equals("real-time-saliency")
            && explainer.bind(subject) instanceof Propagation propagation) {
          methods.put(explainer.id(), propagation);
        }
      } catch (IllegalArgumentException e) {
        // It does not apply to this network.
      }
    }
    return methods;
  }

  private static void requireSameBits(String what, INDArray inputs, UnaryOperator<INDArray> f) {
    int before = Workers.limit();
    try {
      Workers.limit(2);
      float[] whole = numbers(f.apply(inputs));
      assertThat(numbers(f.apply(inputs))).as(what + " once more").isEqualTo(whole);
      for (int size : new int[] {1, 7}) {
        assertThat(numbers(inPieces(inputs, size, f)))
            .as(what + " in batches of " + size)
            .isEqualTo(whole);
      }
      Workers.limit(1);
      assertThat(numbers(f.apply(inputs))).as(what + " on one thread").isEqualTo(whole);
    } finally {
      Workers.limit(before);
    }
  }

  /** Arrays of ND4J are equal to others that are near. */
  private static float[] numbers(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  private static INDArray inPieces(INDArray inputs, int size, UnaryOperator<INDArray> f) {
    List<INDArray> pieces = new ArrayList<>();
    for (INDArray piece : Batches.of(inputs, size)) {
      pieces.add(f.apply(piece));
    }
    return Nd4j.concat(0, pieces.toArray(INDArray[]::new));
  }
}
