package org.explain4j.network;

import java.util.List;

/**
 * A layer at its place in the graph.
 *
 * @param name unique in the network; the same as in the source model, since files and reports use
 *     it
 * @param inputs names of the nodes that feed it, or {@link Network#INPUT}
 */
public record Node(String name, Layer layer, List<String> inputs) {

  public Node {
    inputs = List.copyOf(inputs);
    if (name.isBlank() || name.equals(Network.INPUT)) {
      throw new IllegalArgumentException("'" + name + "' cannot be the name of a node.");
    }
  }
}
