package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.network.Activation;
import org.explain4j.network.Activations;
import org.explain4j.network.Add;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.LayerKind;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every rule on a network with additions and a concatenation, against loops over connections. */
class JunctionsTest {
  private static final Window SAME = Window.square(3).pad(1);

  /** What a rectifier does with a message, by its input. */
  interface Gate {
    double pass(double input, double message);
  }

  /**
   * {@code left} and {@code right} see the input; their sum and the rectified {@code right} are
   * concatenated, and a sum of three, one of them the same layer twice, gives the logits.
   */
  private static final Network NETWORK =
      new Network(
          List.of(2L, 5L, 4L),
          List.of(
              new Node("left", convolution(1, 3, 2), List.of(Network.INPUT)),
              new Node("right", convolution(2, 3, 2), List.of(Network.INPUT)),
              new Node("sum", new Add(), List.of("left", "right")),
              new Node("open", Activation.RELU, List.of("sum")),
              new Node("both", new Concat(), List.of("open", "right")),
              new Node("a", convolution(3, 2, 6), List.of("both")),
              new Node("b", convolution(4, 2, 6), List.of("both")),
              new Node("logits", new Add(), List.of("a", "b", "a"))));

  static Stream<Arguments> relevance() {
    return RulesTest.rules();
  }

  static Stream<Arguments> gradients() {
    return Stream.of(
        Arguments.of(PropagationRule.gradient(), (Gate) (x, g) -> x > 0 ? g : 0),
        Arguments.of(Gradients.rectified(), (Gate) (x, g) -> Math.max(g, 0)),
        Arguments.of(Gradients.guided(), (Gate) (x, g) -> x > 0 ? Math.max(g, 0) : 0));
  }

  @ParameterizedTest
  @MethodSource("relevance")
  void relevanceIsSharedInProportionAtAdditions(PropagationRule rule, RulesTest.Slow slow) {
    compare(Relevance.composite(rule), new Twin(slow, (x, r) -> r, true));
  }

  @ParameterizedTest
  @MethodSource("gradients")
  void gradientsPassAdditionsWhole(PropagationRule rectifier, Gate gate) {
    RulesTest.Slow weights = (t, j, g, out) -> t.give(out, j, (x, w) -> w, 1, g);
    compare(
        Composite.gradient().with(LayerKind.ACTIVATION, rectifier), new Twin(weights, gate, false));
  }

  private static void compare(Composite composite, Twin twin) {
    INDArray inputs = Networks.normal(5, 2, 2, 5, 4);
    INDArray start = Networks.normal(6, 2, 40);
    try (Activations flow = NETWORK.forward(inputs)) {
      INDArray actual = composite.backward(NETWORK, flow, start);
      for (int n = 0; n < 2; n++) {
        double[] expected = twin.pass(flow, n, start.slice(n).dup().data().asDouble());
        assertThat(actual.slice(n).dup('c').data().asDouble())
            .containsExactly(expected, within(1e-8 * largest(expected)));
      }
    }
  }

  /** One example by loops. */
  private record Twin(RulesTest.Slow slow, Gate gate, boolean proportional) {

    double[] pass(Activations flow, int n, double[] top) {
      List<double[]> last = addition(flow, n, top, "a", "b", "a");
      double[] a = sum(last.get(0), last.get(2));
      double[] both =
          sum(linear(flow, n, "a", "both", a), linear(flow, n, "b", "both", last.get(1)));
      double[] sums = values(flow, n, "sum");
      double[] open = new double[sums.length];
      double[] right = new double[sums.length];
      for (int i = 0; i < sums.length; i++) {
        open[i] = gate.pass(sums[i], both[i]);
        right[i] = both[sums.length + i];
      }
      List<double[]> first = addition(flow, n, open, "left", "right");
      return sum(
          linear(flow, n, "left", Network.INPUT, first.get(0)),
          linear(flow, n, "right", Network.INPUT, sum(right, first.get(1))));
    }

    private List<double[]> addition(Activations flow, int n, double[] message, String... terms) {
      double[] total = new double[message.length];
      for (String term : terms) {
        total = sum(total, values(flow, n, term));
      }
      List<double[]> down = new ArrayList<>();
      for (String term : terms) {
        double[] share = message.clone();
        double[] values = values(flow, n, term);
        for (int i = 0; proportional && i < share.length; i++) {
          share[i] *= values[i] / total[i];
        }
        down.add(share);
      }
      return down;
    }

    private double[] linear(Activations flow, int n, String node, String source, double[] message) {
      INDArray input = array(flow, source).slice(n).dup('c');
      long[] one = {1, input.size(0), input.size(1), input.size(2)};
      SlowTwin twin =
          new SlowTwin((LinearLayer) NETWORK.node(node).layer(), input.reshape('c', one));
      double[] down = new double[twin.x.length];
      for (int j = 0; j < message.length; j++) {
        slow.pass(twin, j, message[j], down);
      }
      return down;
    }

    private static double[] values(Activations flow, int n, String node) {
      return array(flow, node).slice(n).dup('c').data().asDouble();
    }

    private static INDArray array(Activations flow, String node) {
      return node.equals(Network.INPUT) ? flow.input() : flow.output(NETWORK.node(node));
    }
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static Convolution convolution(long seed, int neurons, int channels) {
    return new Convolution(
        Networks.normal(seed, neurons, channels, 3, 3),
        Networks.normal(seed + 10, neurons).muli(0.3),
        SAME);
  }
}
