package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;

/** Which layers' samples go through one pass over the data, so that memory stays bounded. */
final class LayerGroups {
  private LayerGroups() {}

  /**
   * Consecutive layers whose samples and covariances fit into memory; a layer that does not fit
   * alone is a group of its own.
   *
   * @param examples of splits B and C together
   * @param patchesPerImage 0 for all
   * @param bytes of memory
   */
  static List<List<Node>> of(Network network, long examples, int patchesPerImage, long bytes) {
    List<List<Node>> groups = new ArrayList<>();
    long used = 0;
    for (Node node : network.linearNodes()) {
      long needed = bytes(network, node, examples, patchesPerImage);
      if (groups.isEmpty() || used + needed > bytes) {
        groups.add(new ArrayList<>());
        used = 0;
      }
      groups.get(groups.size() - 1).add(node);
      used += needed;
    }
    return groups;
  }

  private static long bytes(Network network, Node node, long examples, int patchesPerImage) {
    long d = ((LinearLayer) node.layer()).fanIn();
    return 4 * d * examples * samples(network, node, patchesPerImage) + 2 * 8 * d * d;
  }

  /** Samples that one example gives a layer. */
  static int samples(Network network, Node node, int patchesPerImage) {
    LinearLayer layer = (LinearLayer) node.layer();
    long positions =
        network.shapes().get(node.name()).stream().reduce(1L, (a, b) -> a * b) / layer.neurons();
    return Math.toIntExact(patchesPerImage == 0 ? positions : Math.min(positions, patchesPerImage));
  }
}
