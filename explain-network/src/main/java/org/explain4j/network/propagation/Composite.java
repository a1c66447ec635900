package org.explain4j.network.propagation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.explain4j.network.Activations;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.compilation.CompiledPropagation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A rule for every layer of a network.
 *
 * @param rules by kind of layer; every kind is required, so no layer is overlooked
 * @param byNode rules for single nodes, by name, that take precedence (first layer, depth)
 * @param reference {@code [1,...]} of the network's input shape, whose pass rules may compare with
 */
public record Composite(
    Map<LayerKind, PropagationRule> rules,
    Map<String, PropagationRule> byNode,
    Optional<INDArray> reference) {

  /** Of rules that compare with no reference. */
  public Composite(Map<LayerKind, PropagationRule> rules, Map<String, PropagationRule> byNode) {
    this(rules, byNode, Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if a kind has no rule; the message names it
   */
  public Composite {
    for (LayerKind kind : LayerKind.values()) {
      if (!rules.containsKey(kind)) {
        throw new IllegalArgumentException("No propagation rule for " + kind + " layers.");
      }
    }
    rules = Map.copyOf(rules);
    byNode = Map.copyOf(byNode);
  }

  /** The gradient: every layer's vector-Jacobian product. Other composites start from it. */
  public static Composite gradient() {
    Map<LayerKind, PropagationRule> rules = new EnumMap<>(LayerKind.class);
    for (LayerKind kind : LayerKind.values()) {
      rules.put(kind, PropagationRule.gradient());
    }
    return new Composite(rules, Map.of());
  }

  /** The same with another rule for one kind of layer. */
  public Composite with(LayerKind kind, PropagationRule rule) {
    Map<LayerKind, PropagationRule> changed = new EnumMap<>(rules);
    changed.put(kind, rule);
    return new Composite(changed, byNode, reference);
  }

  /** The same with another rule for some nodes, such as {@link Network#firstLinearNodes()}. */
  public Composite with(List<Node> nodes, PropagationRule rule) {
    Map<String, PropagationRule> changed = new HashMap<>(byNode);
    nodes.forEach(node -> changed.put(node.name(), rule));
    return new Composite(rules, changed, reference);
  }

  /** The same with a reference. */
  public Composite from(INDArray other) {
    return new Composite(rules, byNode, Optional.of(other));
  }

  /** The rule that applies at a node. */
  public PropagationRule ruleOf(Node node) {
    return byNode.getOrDefault(node.name(), rules.get(node.layer().kind()));
  }

  private PropagationRule ruleIn(Network network, Node node) {
    return ruleOf(node).in(network, node);
  }

  /** How far the rules of a network's layers are inside the theory of their method. */
  public Applicability applicability(Network network) {
    return Applicability.over(network.nodes(), node -> ruleIn(network, node).at(node.layer()));
  }

  /**
   * Passes a message from the logits to the input.
   *
   * @param start {@code [n,classes]}, usually one-hot; not changed
   * @return the message at the input, of its shape
   */
  public INDArray backward(Network network, Activations activations, INDArray start) {
    return backward(network, activations, start, node -> {}, false).values();
  }

  /**
   * As {@link #backward}, but gives up each activation after its last use, to use its memory for
   * messages: afterwards only the activations' input may be asked for.
   */
  public INDArray backwardReleasing(Network network, Activations activations, INDArray start) {
    return backward(network, activations, start, activations::release, false).values();
  }

  /**
   * The forward and the backward pass compiled into one program, if every rule is a {@link
   * CompilableRule}.
   *
   * @param fromLogit whether to start from the logit of the explained class instead of from one
   * @return empty for other rules, and where a layer cannot be compiled
   */
  public Optional<CompiledPropagation> compiled(Network network, boolean fromLogit) {
    if (!network.nodes().stream()
        .allMatch(node -> ruleIn(network, node) instanceof CompilableRule)) {
      return Optional.empty();
    }
    return CompiledPropagation.of(
        network,
        fromLogit,
        new CompiledPropagation.Way(
            node -> (BackwardStep) ruleIn(network, node),
            new ThroughTail(this, network),
            reference.map(from -> from.castTo(network.dataType()))));
  }

  /**
   * As {@link #backwardReleasing}, with a separate power of two for each example and message, so
   * none leaves the range of its type. Rules are homogeneous in the message: a positive factor
   * passes through them. This costs two more passes over each message.
   */
  public Scaled backwardScaled(Network network, Activations activations, INDArray start) {
    return backward(network, activations, start, activations::release, true);
  }

  private Scaled backward(
      Network network,
      Activations activations,
      INDArray start,
      Consumer<Node> done,
      boolean bounded) {
    if (reference.isEmpty()) {
      return backward(network, activations, start, done, bounded, node -> Optional.empty());
    }
    // As many as are explained: other kernels may round otherwise, and equals must stay equal.
    long[] shape = activations.input().shape();
    try (INDArray examples = Nd4j.zeros(network.dataType(), shape).addi(reference.get());
        Activations compared = network.forward(examples)) {
      return backward(
          network,
          activations,
          start,
          done.andThen(compared::release),
          bounded,
          node -> Optional.of(new Site(node, compared.inputs(node), compared.output(node))));
    }
  }

  private Scaled backward(
      Network network,
      Activations activations,
      INDArray start,
      Consumer<Node> done,
      boolean bounded,
      Function<Node, Optional<Site>> counterparts) {
    Map<String, Scaled> messages = new HashMap<>();
    Scaled first = Scaled.of(start.reshape('c', activations.logits().shape()));
    messages.put(network.output().name(), first);
    long startAddress = Buffers.address(start);
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      Node node = network.nodes().get(i);
      Scaled arrived = messages.remove(node.name());
      if (arrived == null) {
        done.accept(node);
        continue; // nothing that was explained depends on this node
      }
      Scaled scaled = bounded ? arrived.bounded() : arrived;
      INDArray message = scaled.values();
      if (!Buffers.shared(message, arrived.values())) {
        release(arrived.values(), messages, startAddress);
      }
      Site site =
          new Site(
              node, activations.inputs(node), activations.output(node), counterparts.apply(node));
      List<INDArray> down = ruleIn(network, node).propagate(site, message);
      for (int j = 0; j < down.size(); j++) {
        Scaled handed = new Scaled(down.get(j), scaled.exponents());
        messages.merge(node.inputs().get(j), handed, Scaled::plus);
      }
      release(message, messages, startAddress);
      done.accept(node);
    }
    Scaled result = messages.get(Network.INPUT);
    if (result == null) {
      throw new IllegalArgumentException("No path leads from the logits to the input.");
    }
    return Buffers.shared(result.values(), start)
        ? new Scaled(result.values().dup(), result.exponents())
        : result;
  }

  /** Gives up a message that was not handed on. */
  private static void release(INDArray message, Map<String, Scaled> waiting, long startAddress) {
    boolean handedOn =
        waiting.values().stream().anyMatch(other -> Buffers.shared(other.values(), message));
    if (!handedOn && Buffers.address(message) != startAddress) {
      Buffers.release(message);
    }
  }
}
