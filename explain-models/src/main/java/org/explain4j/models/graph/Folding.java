package org.explain4j.models.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.explain4j.network.Affine;
import org.explain4j.network.Convolution;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Merges a layer into the linear layer before or after it where the network's outputs stay the
 * same: {@code s(Wx + b) + t = (sW)x + (sb + t)} and {@code W(sx + t) + b = (Ws)x + (Wt + b)}.
 */
final class Folding {
  private Folding() {}

  /** The nodes that lead to {@code output}, which comes last. */
  static List<Node> needed(List<Node> nodes, String output) {
    Set<String> needed = new HashSet<>(Set.of(output));
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (needed.contains(node.name())) {
        needed.addAll(node.inputs());
        kept.add(0, node);
      }
    }
    return kept;
  }

  /** Folds until nothing is left to fold; adds a sentence to {@code notes} for each. */
  static Network fold(Network network, List<String> notes) {
    Network current = network;
    while (true) {
      Optional<Network> next = step(current, notes);
      if (next.isEmpty()) {
        return current;
      }
      current = next.get();
    }
  }

  private static Optional<Network> step(Network network, List<String> notes) {
    Map<String, Node> byName = new HashMap<>();
    Map<String, Integer> consumers = new HashMap<>();
    for (Node node : network.nodes()) {
      byName.put(node.name(), node);
      node.inputs().forEach(input -> consumers.merge(input, 1, Integer::sum));
    }
    for (Node second : network.nodes()) {
      Node first = second.inputs().size() == 1 ? byName.get(second.inputs().get(0)) : null;
      if (first == null || consumers.get(first.name()) != 1) {
        continue;
      }
      Optional<Layer> merged = merge(first.layer(), second.layer());
      if (merged.isPresent()) {
        boolean keepsFirst = second.layer() instanceof Affine;
        Node kept = keepsFirst ? first : second;
        Node gone = keepsFirst ? second : first;
        notes.add(
            String.format(Locale.ROOT, "'%s' was folded into '%s'.", gone.name(), kept.name()));
        return Optional.of(
            replace(network, first, second, new Node(kept.name(), merged.get(), first.inputs())));
      }
    }
    return Optional.empty();
  }

  private static Optional<Layer> merge(Layer first, Layer second) {
    if (first instanceof LinearLayer linear && second instanceof Affine affine) {
      return Optional.of(
          linear.with(
              scaleRows(linear.weights(), affine.scale()),
              linear.bias().mul(affine.scale()).add(affine.shift())));
    }
    if (first instanceof Affine a && second instanceof Affine b) {
      return Optional.of(
          new Affine(a.scale().mul(b.scale()), a.shift().mul(b.scale()).add(b.shift())));
    }
    if (first instanceof Affine affine && second instanceof LinearLayer linear) {
      return intoNext(affine, linear);
    }
    if (first instanceof ZeroPad pad && second instanceof Convolution convolution) {
      Window w = convolution.window();
      return Optional.of(
          convolution.with(
              w.pad(
                  w.top() + pad.top(),
                  w.left() + pad.left(),
                  w.bottom() + pad.bottom(),
                  w.right() + pad.right())));
    }
    return Optional.empty();
  }

  /** Not if the convolution pads: its zeros are added after the affine layer, not before it. */
  private static Optional<Layer> intoNext(Affine affine, LinearLayer linear) {
    if (linear instanceof Convolution convolution && convolution.window().padded()) {
      return Optional.empty();
    }
    long inputs = affine.scale().length() / linear.groups();
    INDArray[] scaled = new INDArray[linear.groups()];
    INDArray[] constants = new INDArray[linear.groups()];
    for (int group = 0; group < scaled.length; group++) {
      INDArrayIndex own = NDArrayIndex.interval(group * inputs, (group + 1) * inputs);
      INDArray weights = linear.group(group).weights();
      INDArray columns = weights.dup('c').reshape('c', weights.size(0), inputs, -1);
      INDArray shift = affine.shift().get(own).reshape(inputs, 1);
      INDArray scale = affine.scale().get(own).reshape(1, inputs, 1);
      constants[group] = columns.sum(2).mmul(shift).reshape(weights.size(0));
      scaled[group] = columns.mul(scale).reshape(weights.shape());
    }
    return Optional.of(
        linear.with(Nd4j.concat(0, scaled), linear.bias().add(Nd4j.concat(0, constants))));
  }

  private static INDArray scaleRows(INDArray weights, INDArray scale) {
    return weights
        .reshape('c', weights.size(0), -1)
        .mulColumnVector(scale.reshape(scale.length(), 1))
        .reshape('c', weights.shape());
  }

  private static Network replace(Network network, Node first, Node second, Node merged) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (node.name().equals(first.name())) {
        nodes.add(merged);
      } else if (!node.name().equals(second.name())) {
        List<String> inputs =
            node.inputs().stream()
                .map(input -> input.equals(second.name()) ? merged.name() : input)
                .toList();
        nodes.add(new Node(node.name(), node.layer(), inputs));
      }
    }
    return new Network(network.inputShape(), nodes);
  }
}
