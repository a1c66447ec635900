package org.explain4j.methods.masking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.network.Activation;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The maps of a network that a masking model looks at, one per resolution, as in the encoder of a
 * U-Net.
 *
 * @param scales coarsest first
 */
public record FeatureMaps(Network network, List<Scale> scales) {
  /** Finer maps are left out, as in the paper, whose masks have a quarter of the image's side. */
  private static final int FINEST = 64;

  /** Number of examples from which the size of a map's values is measured. */
  private static final int SAMPLES = 16;

  /** Resolutions that differ by less count as one. */
  private static final double STEP = 1.5;

  /**
   * A map.
   *
   * @param node whose output it is
   * @param factor by which its root mean square becomes 1
   */
  public record Scale(String node, int channels, int height, int width, double factor) {}

  /**
   * @param references examples {@code [n,c,h,w]} from which the size of the maps' values is
   *     measured
   */
  static FeatureMaps of(Network network, INDArray references) {
    List<Scale> scales = new ArrayList<>();
    long few = Math.min(SAMPLES, references.size(0));
    try (INDArray examples = Batches.slice(references, 0, few);
        Activations activations = network.forward(examples)) {
      for (Map.Entry<String, List<Long>> map : chosen(network).entrySet()) {
        INDArray values = output(network, activations, map.getKey());
        double size = values.norm2Number().doubleValue() / Math.sqrt((double) values.length());
        List<Long> shape = map.getValue();
        scales.add(
            new Scale(
                map.getKey(),
                shape.get(0).intValue(),
                shape.get(1).intValue(),
                shape.get(2).intValue(),
                size > 0 ? 1 / size : 1));
      }
    }
    return new FeatureMaps(network, scales);
  }

  /** The maps of a batch, coarsest first, {@code [n,c,h,w]} each. */
  List<INDArray> of(Activations activations) {
    return scales.stream()
        .map(scale -> output(network, activations, scale.node()).mul(scale.factor()))
        .toList();
  }

  private static INDArray output(Network network, Activations activations, String node) {
    return node.equals(Network.INPUT)
        ? activations.input()
        : activations.output(network.node(node));
  }

  /** The last rectified map of each resolution (or, without one, the last map), coarsest first. */
  private static Map<String, List<Long>> chosen(Network network) {
    Map<String, List<Long>> shapes = network.shapes();
    Map<List<Long>, String> last = new LinkedHashMap<>();
    last.put(network.inputShape().subList(1, 3), Network.INPUT);
    for (boolean rectified : new boolean[] {false, true}) {
      for (Node node : network.nodes()) {
        List<Long> shape = shapes.get(node.name());
        if (ImageShape.isImage(shape) && (!rectified || Activation.isFeatures(node.layer()))) {
          last.put(shape.subList(1, 3), node.name());
        }
      }
    }
    Deque<String> kept = new ArrayDeque<>();
    last.entrySet().stream()
        .sorted((a, b) -> Long.compare(area(a.getKey()), area(b.getKey())))
        .forEach(
            map -> {
              boolean first = kept.isEmpty();
              double ratio =
                  first ? 0 : area(map.getKey()) / (double) area(shapes.get(kept.getLast()));
              boolean fine = Math.max(map.getKey().get(0), map.getKey().get(1)) > FINEST;
              if (first || (ratio >= STEP * STEP && !fine)) {
                kept.addLast(map.getValue());
              }
            });
    Map<String, List<Long>> chosen = new LinkedHashMap<>();
    kept.forEach(node -> chosen.put(node, shapes.get(node)));
    return chosen;
  }

  private static long area(List<Long> shape) {
    return shape.get(shape.size() - 1) * shape.get(shape.size() - 2);
  }
}
