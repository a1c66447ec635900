package org.explain4j.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.compilation.CompiledForward;
import org.explain4j.network.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network up to its logits: nodes in topological order, the last of which gives the logits. A
 * chain is the simplest graph. Immutable; safe for use by several threads.
 */
public final class Network implements Classifier {
  /** The name under which nodes refer to the network's input. */
  public static final String INPUT = "input";

  /** Bytes that the activations of the largest batch may take. */
  private static final long ACTIVATIONS = 1L << 30;

  private final List<Long> inputShape;
  private final List<Node> nodes;
  private final Precision precision;
  private final DataType dataType;
  private Optional<CompiledForward> compiled; // null until logits are asked for

  /**
   * @param inputShape of one example, {@code [c,h,w]} or {@code [d]}
   * @throws IllegalArgumentException if a name is used twice, a node's input is missing or comes
   *     after it, or shapes do not fit; the message names the node
   */
  public Network(List<Long> inputShape, List<Node> nodes) {
    this(inputShape, nodes, Precision.EXACT);
  }

  private Network(List<Long> inputShape, List<Node> nodes, Precision precision) {
    this.precision = precision;
    this.inputShape = List.copyOf(inputShape);
    this.nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("A network needs at least one node.");
    }
    Shapes.of(inputShape, nodes);
    dataType =
        linearNodes().stream()
            .findFirst()
            .map(node -> ((LinearLayer) node.layer()).weights().dataType())
            .orElse(DataType.FLOAT);
  }

  /** Shape of one example, {@code [c,h,w]} or {@code [d]}. */
  @Override
  public List<Long> inputShape() {
    return inputShape;
  }

  /** All nodes in topological order; the last one gives the logits. */
  public List<Node> nodes() {
    return nodes;
  }

  /** How it is computed; exact unless {@link #with(Precision)} says otherwise. */
  public Precision precision() {
    return precision;
  }

  /** The same network computed in another way. */
  public Network with(Precision other) {
    return new Network(inputShape, nodes, other);
  }

  /** Whether oneDNN may run it: float32 on the processor. */
  public boolean isCompilable() {
    return dataType() == DataType.FLOAT && OneDnn.isAvailable();
  }

  private synchronized Optional<CompiledForward> compiled() {
    if (compiled == null) {
      compiled = isCompilable() ? CompiledForward.of(this) : Optional.empty();
    }
    return compiled;
  }

  /**
   * A classifier as a network.
   *
   * @throws IllegalArgumentException if it is a black box
   */
  public static Network of(Classifier classifier) {
    if (classifier instanceof Network network) {
      return network;
    }
    throw new IllegalArgumentException(
        "This needs a network's layers, but "
            + classifier.getClass().getSimpleName()
            + " shows only its outputs.\nMaybe use a method that perturbs the input, such as rise.");
  }

  /** A chain of layers, each fed by the one before it; names in the map's order. */
  @SuppressWarnings("NonApiType") // the order of the map is that of the layers
  public static Network chain(List<Long> inputShape, LinkedHashMap<String, Layer> layers) {
    List<Node> nodes = new ArrayList<>();
    String previous = INPUT;
    for (Map.Entry<String, Layer> layer : layers.entrySet()) {
      nodes.add(new Node(layer.getKey(), layer.getValue(), List.of(previous)));
      previous = layer.getKey();
    }
    return new Network(inputShape, nodes);
  }

  /** The node that gives the logits. */
  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /**
   * The node of this name.
   *
   * @throws IllegalArgumentException if there is no such node; the message lists the known names
   */
  public Node node(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No node '"
                        + name
                        + "'.\nNodes: "
                        + String.join(", ", nodes.stream().map(Node::name).toList())));
  }

  /** The nodes with weights, in order. */
  public List<Node> linearNodes() {
    return nodes.stream().filter(node -> node.layer() instanceof LinearLayer).toList();
  }

  /** The nodes with weights that see the network's input, directly or through a reshape. */
  public List<Node> firstLinearNodes() {
    Set<String> sources = new HashSet<>(Set.of(INPUT));
    for (Node node : nodes) {
      if (node.layer().kind() == LayerKind.RESHAPE && sources.containsAll(node.inputs())) {
        sources.add(node.name());
      }
    }
    return linearNodes().stream().filter(node -> sources.containsAll(node.inputs())).toList();
  }

  /** Whether a node's output is the logits, possibly after a reshape. */
  public boolean isLogits(Node node) {
    Node last = output();
    while (last.layer().kind() == LayerKind.RESHAPE && !last.inputs().contains(INPUT)) {
      last = node(last.inputs().get(0));
    }
    return last.name().equals(node.name());
  }

  /** Output shape of every node for one example, by name; the input's is under {@link #INPUT}. */
  public Map<String, List<Long>> shapes() {
    return Shapes.of(inputShape, nodes);
  }

  @Override
  public long classes() {
    return Shapes.size(shapes().get(output().name()));
  }

  /** Number of weights and biases, factors and shifts, and slopes that are not one for all. */
  public long parameters() {
    return nodes.stream().mapToLong(node -> parameters(node.layer())).sum();
  }

  private static long parameters(Layer layer) {
    if (layer instanceof Affine affine) {
      return affine.scale().length() + affine.shift().length();
    }
    if (layer instanceof Activation activation) {
      return activation.varied();
    }
    return layer instanceof LinearLayer linear
        ? linear.weights().length() + linear.bias().length()
        : 0;
  }

  /** The floating-point type of the weights, to which inputs are cast. */
  @Override
  public DataType dataType() {
    return dataType;
  }

  /** The same network computing in another floating-point type. */
  public Network cast(DataType type) {
    return with(
        node -> {
          if (node.layer() instanceof Affine affine) {
            return affine.cast(type);
          }
          return node.layer() instanceof LinearLayer linear ? linear.cast(type) : node.layer();
        });
  }

  /** The same graph with each node's layer replaced. */
  public Network with(Function<Node, Layer> layers) {
    return new Network(
        inputShape,
        nodes.stream().map(n -> new Node(n.name(), layers.apply(n), n.inputs())).toList(),
        precision);
  }

  /**
   * Runs a batch and keeps every node's output.
   *
   * @param input {@code [n,...]} with the network's input shape
   * @throws IllegalArgumentException if the shape differs; the message names both
   */
  public Activations forward(INDArray input) {
    Map<String, INDArray> outputs = new HashMap<>();
    outputs.put(INPUT, checked(input));
    for (Node node : nodes) {
      List<INDArray> inputs = node.inputs().stream().map(outputs::get).toList();
      outputs.put(node.name(), node.layer().forward(inputs));
    }
    return new Activations(this, outputs, input);
  }

  /**
   * Runs a batch and hands an observer each node's inputs and output as soon as they are there;
   * memory of what no later node reads is used again.
   *
   * @param input as in {@link #forward}
   */
  public void observe(INDArray input, Observer observer) {
    try (LayerByLayer pass = new LayerByLayer(this, input, checked(input))) {
      pass.run(observer);
    }
  }

  /** Sees what flows through a network. */
  @FunctionalInterface
  public interface Observer {
    /** The arrays are not to be kept. */
    void accept(Node node, List<INDArray> inputs, INDArray output);
  }

  /**
   * {@code [n,classes]}, before the soft-max; keeps no activations.
   *
   * @param input as in {@link #forward}
   */
  @Override
  public INDArray logits(INDArray input) {
    Optional<CompiledForward> program = compiled();
    if (program.isPresent()) {
      INDArray given = checked(input);
      INDArray logits = program.get().logits(given);
      if (!Buffers.shared(given, input)) {
        given.close();
      }
      return logits;
    }
    return new LayerByLayer(this, input, checked(input)).logits();
  }

  @Override
  public int batchSize() {
    return Math.min(Batches.DEFAULT_SIZE, largestBatch());
  }

  @Override
  public int largestBatch() {
    long bytes = dataType().width() * shapes().values().stream().mapToLong(Shapes::size).sum();
    return (int) Math.max(1, ACTIVATIONS / bytes);
  }

  /** A batch in the network's type, row after row in memory; itself if it is so already. */
  public INDArray checked(INDArray input) {
    Shapes.requireBatch(input, inputShape);
    INDArray cast = input.castTo(dataType());
    return Planes.consecutive(cast) ? cast : cast.dup('c');
  }
}
