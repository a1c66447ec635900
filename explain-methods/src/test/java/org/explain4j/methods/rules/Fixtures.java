package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.explain4j.network.Convolution;
import org.explain4j.network.Layer;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.testkit.Networks;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Nodes of small networks, and what tests of rules compare. */
final class Fixtures {
  private Fixtures() {}

  static Node node(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }

  static Convolution convolution(long seed, int k, int c) {
    INDArray weights = Networks.normal(seed, k, c, 1, 1);
    return new Convolution(weights, Networks.normal(seed, k).muli(0), Window.square(1));
  }

  static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.distance2(expected)).isLessThan(1e-10);
    assertThat(expected.norm2Number().doubleValue()).isPositive();
  }
}
