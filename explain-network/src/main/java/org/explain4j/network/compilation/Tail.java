package org.explain4j.network.compilation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.explain4j.network.Dense;
import org.explain4j.network.Network;
import org.explain4j.network.Node;

/**
 * The last layers of a network, from the first dense one with many weights on, which are read once
 * for many examples.
 *
 * @param before what feeds them: a node or the network's input
 * @param network of these layers
 */
public record Tail(String before, Network network) {
  /** Weights of a dense layer that many examples share: some times what caches hold. */
  private static final long MANY_WEIGHTS = 4L << 20;

  /** Empty if there is no such layer, or if something else is read behind it. */
  static Optional<Tail> of(Network whole) {
    return of(whole, MANY_WEIGHTS);
  }

  /**
   * @param weights of the first dense layer, at least
   */
  static Optional<Tail> of(Network whole, long weights) {
    List<Node> nodes = whole.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).layer() instanceof Dense dense && dense.weights().length() >= weights) {
        return of(whole, nodes.subList(i, nodes.size()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Tail> of(Network whole, List<Node> rest) {
    String before = rest.get(0).inputs().get(0);
    Set<String> inside = rest.stream().map(Node::name).collect(Collectors.toSet());
    boolean crossed =
        rest.stream()
            .flatMap(node -> node.inputs().stream())
            .anyMatch(input -> !inside.contains(input) && !input.equals(before));
    if (crossed) {
      return Optional.empty();
    }
    List<Node> renamed = rest.stream().map(node -> reading(node, before)).toList();
    Network last = new Network(whole.shapes().get(before), renamed).with(whole.precision());
    return Optional.of(new Tail(before, last));
  }

  /** Whether nothing comes before them. */
  boolean isWhole() {
    return before.equals(Network.INPUT);
  }

  private static Node reading(Node node, String input) {
    return new Node(
        node.name(),
        node.layer(),
        node.inputs().stream().map(name -> name.equals(input) ? Network.INPUT : name).toList());
  }
}
