package org.explain4j.network.compilation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.explain4j.network.Activation;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.Network;
import org.explain4j.network.Node;

/** What is known of zeros before a backward pass is run: it saves work, and changes no result. */
final class Zeros {
  private final Network network;
  private final Function<Node, BackwardStep> steps;
  private final Map<String, Boolean> vanishing = new HashMap<>();

  Zeros(Network network, Function<Node, BackwardStep> steps) {
    this.network = network;
    this.steps = steps;
  }

  private static List<Node> readBy(Network network, String node) {
    return network.nodes().stream().filter(n -> n.inputs().contains(node)).toList();
  }

  /** Whether the message at a node is 0 wherever its value is. */
  boolean vanishes(String node) {
    Boolean known = vanishing.get(node);
    if (known == null) {
      List<Node> readers = readBy(network, node);
      known = !readers.isEmpty() && readers.stream().allMatch(this::vanishesBelow);
      vanishing.put(node, known);
    }
    return known;
  }

  private boolean vanishesBelow(Node reader) {
    BackwardStep step = steps.apply(reader);
    return step.isProportional()
        || switch (reader.layer().kind()) {
          case ACTIVATION ->
              Activation.isRelu(reader.layer()) && step.keepsZeros() && vanishes(reader.name());
          case MAX_POOL, RESHAPE, CONCAT -> step.keepsZeros() && vanishes(reader.name());
          default -> false;
        };
  }

  /** The rectifier that alone reads a node; else null. */
  static Node rectifier(Network network, Node node) {
    List<Node> readers = readBy(network, node.name());
    return readers.size() == 1 && Activation.isRelu(readers.get(0).layer()) ? readers.get(0) : null;
  }

  /** Whether a linear layer's message is 0 wherever the rectifier behind it returned 0. */
  boolean vanishesBelowRectifier(Node linear) {
    return rectifier(network, linear) != null && vanishes(linear.name());
  }

  /** Whether the rectifier behind a linear layer may overwrite what the layer returned. */
  boolean fuses(Node linear) {
    Node rectifier = rectifier(network, linear);
    return rectifier != null
        && !steps.apply(rectifier).readsInput()
        && (!steps.apply(linear).readsOutput() || vanishesBelowRectifier(linear));
  }

  /** Whether no number of a node's value is below 0. */
  boolean isNonNegative(String name) {
    if (name.equals(Network.INPUT)) {
      return false;
    }
    Node node = network.node(name);
    return switch (node.layer().kind()) {
      case ACTIVATION -> ((Activation) node.layer()).isNonNegative();
      case MAX_POOL, AVERAGE_POOL, RESHAPE, CONCAT, ADD ->
          node.inputs().stream().allMatch(this::isNonNegative);
      case LINEAR, AFFINE, PRODUCT, NORMALISATION -> false;
    };
  }
}
