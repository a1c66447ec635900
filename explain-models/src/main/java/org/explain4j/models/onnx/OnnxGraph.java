package org.explain4j.models.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Network;
import org.explain4j.network.files.Reason;

/** Translates the graph of an ONNX model into a network. */
final class OnnxGraph {
  private static final int OLDEST_OPSET = 7;
  private static final int NEWEST_OPSET = 17;
  private static final int LISTED = 10;

  private final GraphProto graph;
  private final long opset;
  private final List<Long> givenShape;
  private final Map<String, OnnxValue> values = new HashMap<>();

  /**
   * @param givenShape of one example in the network's order, for what the file leaves open; or
   *     empty
   */
  OnnxGraph(ModelProto model, List<Long> givenShape) {
    this.graph = model.getGraph();
    this.opset =
        model.getOpsetImportList().stream()
            .filter(set -> isStandard(set.getDomain()))
            .mapToLong(OperatorSetIdProto::getVersion)
            .max()
            .orElse(1);
    this.givenShape = givenShape;
  }

  /**
   * @throws IllegalArgumentException if the graph is damaged or not supported; the message names
   *     node and operator
   */
  Translated translate() {
    if (opset < OLDEST_OPSET) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "It uses opset %d; opsets from %d on are supported.\nMaybe export the model again with a newer opset.",
              opset,
              OLDEST_OPSET));
    }
    List<NodeProto> nodes = neededNodes();
    requireSupported(nodes);
    for (TensorProto tensor : graph.getInitializerList()) {
      values.put(tensor.getName(), OnnxTensors.read(tensor));
    }
    GraphAssembly assembly = begin(input(nodes));
    if (opset > NEWEST_OPSET) {
      assembly.note(String.format(Locale.ROOT, "Opset %d is newer than %d.", opset, NEWEST_OPSET));
    }
    if (graph.getOutputCount() > 1) {
      assembly.note(
          String.format(
              Locale.ROOT,
              "Of its %d outputs the first, '%s', is explained.",
              graph.getOutputCount(),
              output()));
    }
    nodes.forEach(node -> translate(new OnnxNode(node, opset, assembly, values)));
    Network network = assembly.network(outputNode());
    return new Translated(network, assembly.notes());
  }

  /** The network and what was removed or folded. */
  record Translated(Network network, List<String> notes) {}

  private void translate(OnnxNode node) {
    String place =
        String.format(Locale.ROOT, "node '%s' (%s): ", node.name(), node.proto().getOpType());
    for (String input : node.proto().getInputList()) {
      if (!input.isEmpty() && !values.containsKey(input)) {
        throw new IllegalArgumentException(
            place
                + String.format(
                    Locale.ROOT,
                    "it reads '%s', which is not the output of a node before it.",
                    input));
      }
    }
    try {
      Operator.all().get(node.proto().getOpType()).translate(node);
    } catch (RuntimeException e) {
      // ND4J reports shapes that do not fit by exceptions of several types.
      throw new IllegalArgumentException(place + Reason.of(e), e);
    }
  }

  private String outputNode() {
    OnnxValue value = values.get(output());
    if (value instanceof OnnxValue.Activation activation) {
      return activation.node();
    }
    if (value instanceof OnnxValue.Probabilities probabilities) {
      return probabilities.node();
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "Its output '%s' is not computed from its input.", output()));
  }

  private String output() {
    if (graph.getOutputCount() == 0) {
      throw new IllegalArgumentException("Its graph has no output.");
    }
    return graph.getOutput(0).getName();
  }

  /** In the file's order, without those that the output does not depend on. */
  private List<NodeProto> neededNodes() {
    Map<String, NodeProto> producers = new HashMap<>();
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(o -> producers.put(o, n)));
    Set<String> seen = new HashSet<>(Set.of(output()));
    Deque<String> open = new ArrayDeque<>(seen);
    Set<String> needed = new HashSet<>();
    while (!open.isEmpty()) {
      NodeProto producer = producers.get(open.pop());
      if (producer != null && needed.add(producer.getOutput(0))) {
        producer.getInputList().stream().filter(seen::add).forEach(open::push);
      }
    }
    return graph.getNodeList().stream()
        .filter(node -> node.getOutputCount() > 0 && needed.contains(node.getOutput(0)))
        .toList();
  }

  /** All unsupported nodes at once, not one after another. */
  private static void requireSupported(List<NodeProto> nodes) {
    Set<String> known = Operator.all().keySet();
    List<String> unknown =
        nodes.stream()
            .filter(n -> !isStandard(n.getDomain()) || !known.contains(n.getOpType()))
            .map(n -> String.format(Locale.ROOT, "node '%s' (%s)", OnnxNode.name(n), n.getOpType()))
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Not supported: %s%s.\nSupported operators: %s.",
              unknown.stream().limit(LISTED).collect(Collectors.joining(", ")),
              unknown.size() > LISTED
                  ? String.format(Locale.ROOT, " and %d more", unknown.size() - LISTED)
                  : "",
              String.join(", ", known)));
    }
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** The network's input as the file declares it, in the network's order; 0 = open. */
  private Input input(List<NodeProto> nodes) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !values.containsKey(i.getName())).toList();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "It has %d inputs %s; only networks with one input are supported.",
              inputs.size(),
              inputs.stream().map(ValueInfoProto::getName).toList()));
    }
    ValueInfoProto input = inputs.get(0);
    List<Long> shape = new ArrayList<>();
    for (TensorShapeProto.Dimension dimension :
        input.getType().getTensorType().getShape().getDimList()) {
      shape.add(dimension.getDimValue());
    }
    boolean channelsLast = shape.size() == 4 && onlyTransposed(input.getName(), nodes);
    if (!shape.isEmpty()) {
      shape.remove(0);
    }
    if (channelsLast) {
      shape.add(0, shape.remove(2));
    }
    return new Input(input.getName(), shape, channelsLast);
  }

  private record Input(String name, List<Long> shape, boolean channelsLast) {}

  private GraphAssembly begin(Input input) {
    long size = givenShape.stream().reduce(1L, (a, b) -> a * b);
    boolean flattened = givenShape.size() == 3 && input.shape().equals(List.of(size));
    GraphAssembly assembly =
        new GraphAssembly(flattened ? givenShape : completed(input.name(), input.shape()));
    String first = flattened ? assembly.addFlattenedInput() : Network.INPUT;
    values.put(input.name(), new OnnxValue.Activation(first, input.channelsLast()));
    return assembly;
  }

  private static boolean onlyTransposed(String name, List<NodeProto> nodes) {
    List<NodeProto> readers = nodes.stream().filter(n -> n.getInputList().contains(name)).toList();
    return !readers.isEmpty()
        && readers.stream()
            .allMatch(
                n ->
                    n.getOpType().equals("Transpose")
                        && n.getAttributeCount() == 1
                        && n.getAttribute(0).getIntsList().equals(List.of(0L, 3L, 1L, 2L)));
  }

  private List<Long> completed(String name, List<Long> shape) {
    boolean fits = shape.isEmpty() || givenShape.size() == shape.size();
    List<Long> complete = new ArrayList<>(givenShape.isEmpty() ? shape : givenShape);
    for (int i = 0; fits && i < shape.size() && i < complete.size(); i++) {
      fits = shape.get(i) <= 0 || shape.get(i).equals(complete.get(i));
    }
    if (!givenShape.isEmpty() && !fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Its input '%s' has the shape %s (0 = open), not %s.\nMaybe set model.file.input-shape, or use other data.",
              name,
              shape,
              givenShape));
    }
    if (complete.isEmpty() || complete.stream().anyMatch(d -> d <= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Its input '%s' leaves the shape open: %s (0 = open).\nMaybe set model.file.input-shape to [3, 224, 224].",
              name,
              shape));
    }
    return complete;
  }
}
