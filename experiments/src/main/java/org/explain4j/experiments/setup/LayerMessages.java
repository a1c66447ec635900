package org.explain4j.experiments.setup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Propagation;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What arrives at the output of a node on its way from the class to the input. */
public record LayerMessages(Network network, Propagation method, Node node) implements Attributor {

  /** Of a node of the network; empty unless the method is a single backward pass. */
  public static Optional<LayerMessages> of(Attributor method, Network network, Node node) {
    return method instanceof Propagation propagation
        ? Optional.of(new LayerMessages(network, propagation, node))
        : Optional.empty();
  }

  /**
   * @param name of a node whose output is an image
   * @throws ConfigurationException if there is no such node
   * @throws IllegalArgumentException if the method is not a single backward pass
   */
  public static LayerMessages of(Attributor method, Network network, String name) {
    return of(method, network, node(network, name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "It is not a single backward pass, so nothing arrives at a layer.\nMaybe leave out --layer, or use lrp-epsilon-plus, pattern-net or another method with a table of rules."));
  }

  private static Node node(Network network, String name) {
    Map<String, List<Long>> shapes = network.shapes();
    List<String> images =
        network.nodes().stream()
            .map(Node::name)
            .filter(each -> shapes.get(each).size() == 3)
            .toList();
    if (!images.contains(name)) {
      throw ConfigurationException.unknown("--layer", "layer with images", name, images);
    }
    return network.node(name);
  }

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    INDArray[] arrived = new INDArray[1];
    PropagationRule rule = method.composite().ruleOf(node);
    PropagationRule keeping =
        (site, message) -> {
          arrived[0] = message.dup('c');
          return rule.propagate(site, message);
        };
    Composite composite = method.composite().with(List.of(node), keeping);
    try (Activations activations = network.forward(inputs);
        INDArray start = Propagation.start(activations.logits(), classes, method.start());
        INDArray unused = composite.backward(network, activations, start)) {
      if (arrived[0] == null) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Nothing arrives at '%s'.", node.name()));
      }
      return arrived[0];
    }
  }
}
