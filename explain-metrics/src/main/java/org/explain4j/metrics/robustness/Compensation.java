package org.explain4j.metrics.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.network.ConstantPad;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network that computes of x + m what another computes of x, for a constant m: the biases of its
 * first layers take W m away. Where such a layer pads with zeros, the image is padded with m first.
 */
final class Compensation {
  private Compensation() {}

  /** Empty if something else than layers with weights and reshapes sees the input. */
  static Optional<Network> of(Network network, double shift) {
    List<String> sources = new ArrayList<>(List.of(Network.INPUT));
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (node.inputs().stream().noneMatch(sources::contains)) {
        nodes.add(node);
      } else if (node.layer() instanceof Dense dense) {
        INDArray bias = dense.bias().sub(dense.weights().sum(1).mul(shift));
        nodes.add(new Node(node.name(), dense.with(dense.weights(), bias), node.inputs()));
      } else if (node.layer() instanceof Convolution convolution) {
        nodes.addAll(compensated(node, convolution, shift));
      } else if (node.layer().kind() == LayerKind.RESHAPE && !(node.layer() instanceof ZeroPad)) {
        sources.add(node.name());
        nodes.add(node);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Network(network.inputShape(), nodes).with(network.precision()));
  }

  private static List<Node> compensated(Node node, Convolution convolution, double shift) {
    INDArray bias = convolution.bias().sub(convolution.weights().sum(1, 2, 3).mul(shift));
    Window window = convolution.window();
    ZeroPad edges = new ZeroPad(window.top(), window.left(), window.bottom(), window.right());
    Convolution valid =
        new Convolution(convolution.weights(), bias, window.pad(0), convolution.groups());
    String padded = node.name() + "-padded";
    return List.of(
        new Node(padded, new ConstantPad(edges, shift), node.inputs()),
        new Node(node.name(), valid, List.of(padded)));
  }
}
