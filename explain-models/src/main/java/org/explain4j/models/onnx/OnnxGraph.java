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
import java.util.TreeSet;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Network;
import org.explain4j.network.files.Reason;

/** Translates the graph of an ONNX model into a network. */
final class OnnxGraph {
  static final int OLDEST_OPSET = 7;
  static final int NEWEST_OPSET = 22;
  private static final int LISTED = 10;

  /** Types of outputs that give a class, not scores. */
  private static final Set<Integer> WHOLE =
      Set.of(
          TensorProto.DataType.INT64.getNumber(),
          TensorProto.DataType.INT32.getNumber(),
          TensorProto.DataType.STRING.getNumber(),
          TensorProto.DataType.BOOL.getNumber());

  private final GraphProto graph;
  private final String output;
  private final Scope scope;

  /**
   * @param output the one that is explained; if empty, the first that is not of whole numbers
   */
  OnnxGraph(ModelProto model, String output) {
    this.graph = model.getGraph();
    this.scope =
        new Scope(
            model.getOpsetImportList().stream()
                .filter(set -> isStandard(set.getDomain()))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1));
    this.output = output(output);
  }

  /**
   * @param given shape of one example in the network's order, for what the file leaves open; or
   *     empty
   * @throws IllegalArgumentException if the graph is damaged or not supported; the message names
   *     node and operator
   */
  Translated translate(List<Long> given, WeightFiles files) {
    if (scope.opset() < OLDEST_OPSET) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "It uses opset %d; opsets from %d on are supported.\n"
                  + "Maybe export the model again with a newer opset.",
              scope.opset(),
              OLDEST_OPSET));
    }
    if (scope.opset() > NEWEST_OPSET) {
      scope.note(
          String.format(Locale.ROOT, "Opset %d is newer than %d.", scope.opset(), NEWEST_OPSET));
    }
    List<NodeProto> nodes = neededNodes();
    requireOrder(nodes);
    readInitializers(nodes, files);
    List<NodeProto> open = new Decompositions(scope.values(), output).recognised(folded(nodes));
    requireSupported(open);
    OnnxInput input = OnnxInput.of(input(open), open, scope.values(), given);
    OnnxInput.Begun begun = input.begin(given);
    scope.begin(begun.assembly());
    files.used().forEach(file -> scope.note("Weights were read from " + file.getFileName() + "."));
    input.notes().forEach(scope::note);
    scope.values().put(input.name(), begun.input());
    open.forEach(node -> translate(new OnnxNode(node, scope)));
    Network network = begun.assembly().network(outputNode());
    return new Translated(network, begun.assembly().notes());
  }

  /** The network and what was removed or folded. */
  record Translated(Network network, List<String> notes) {}

  private void readInitializers(List<NodeProto> nodes, WeightFiles files) {
    Set<String> read =
        nodes.stream().flatMap(n -> n.getInputList().stream()).collect(Collectors.toSet());
    for (TensorProto tensor : graph.getInitializerList()) {
      if (read.contains(tensor.getName())) {
        scope.values().put(tensor.getName(), OnnxTensors.read(tensor, files, scope));
      }
    }
  }

  /** The nodes that are left when those of constants alone are computed. */
  private List<NodeProto> folded(List<NodeProto> nodes) {
    List<NodeProto> open = new ArrayList<>();
    for (NodeProto node : nodes) {
      if (Operator.OF_CONSTANTS.containsKey(node.getOpType()) && readsConstants(node)) {
        translate(new OnnxNode(node, scope));
      } else {
        open.add(node);
      }
    }
    return open;
  }

  private boolean readsConstants(NodeProto node) {
    return node.getInputList().stream()
        .allMatch(input -> input.isEmpty() || scope.values().get(input) instanceof Constant);
  }

  private void translate(OnnxNode node) {
    String operator = node.proto().getOpType();
    String place = String.format(Locale.ROOT, "node '%s' (%s): ", node.name(), operator);
    Operator translation =
        (readsConstants(node.proto()) ? Operator.OF_CONSTANTS : Operator.OF_ACTIVATIONS)
            .get(operator);
    try {
      OnnxNode.require(
          translation != null,
          "It is supported for %s only.",
          readsConstants(node.proto()) ? "what depends on the network's input" : "constants");
      translation.translate(node);
    } catch (RuntimeException e) {
      // ND4J reports shapes that do not fit by exceptions of several types.
      throw new IllegalArgumentException(place + Reason.of(e), e);
    }
  }

  /** The node with the logits, in the file's order; of vectors if the file has vectors. */
  private String outputNode() {
    if (!(scope.values().get(output) instanceof Tensor logits)) {
      throw notComputed();
    }
    Layout layout = logits.layout();
    List<Integer> order = layout.factors(layout.others());
    boolean ordered = order.equals(order.stream().sorted().toList());
    long size = layout.sizes().stream().reduce(1L, (a, b) -> a * b);
    return layout.rank() == 2 || !ordered
        ? scope.arranged(logits, order, List.of(size), output).node()
        : logits.node();
  }

  private IllegalArgumentException notComputed() {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "Its output '%s' is not computed from its input.", output));
  }

  private String output(String asked) {
    List<ValueInfoProto> outputs = graph.getOutputList();
    List<String> names = outputs.stream().map(ValueInfoProto::getName).toList();
    OnnxNode.require(!names.isEmpty(), "Its graph has no output.");
    if (!asked.isEmpty()) {
      OnnxNode.require(
          names.contains(asked),
          "It has no output '%s'.\nMaybe set model.file.output to one of %s.",
          asked,
          names);
      return asked;
    }
    String chosen =
        outputs.stream()
            .filter(output -> !WHOLE.contains(output.getType().getTensorType().getElemType()))
            .findFirst()
            .orElse(outputs.get(0))
            .getName();
    if (names.size() > 1) {
      scope.note(
          String.format(
              Locale.ROOT,
              "Of its %d outputs %s, '%s' is explained: the first that is not of whole numbers.",
              names.size(),
              names,
              chosen));
    }
    return chosen;
  }

  /** In the file's order, without those that the output does not depend on. */
  private List<NodeProto> neededNodes() {
    Map<String, NodeProto> producers = new HashMap<>();
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(o -> producers.put(o, n)));
    Set<String> seen = new HashSet<>(Set.of(output));
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

  /** ONNX: a node comes after those that it reads. */
  private void requireOrder(List<NodeProto> nodes) {
    Set<String> known = new HashSet<>(Set.of(""));
    graph.getInputList().forEach(input -> known.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> known.add(tensor.getName()));
    for (NodeProto node : nodes) {
      for (String input : node.getInputList()) {
        OnnxNode.require(
            known.contains(input),
            "node '%s' (%s): it reads '%s', which is not the output of a node before it.",
            OnnxNode.name(node),
            node.getOpType(),
            input);
      }
      known.addAll(node.getOutputList());
    }
  }

  /** All unsupported nodes at once, not one after another. */
  private static void requireSupported(List<NodeProto> nodes) {
    Set<String> known = new TreeSet<>(Operator.OF_ACTIVATIONS.keySet());
    known.addAll(Operator.OF_CONSTANTS.keySet());
    known.remove(Decompositions.LAYER_NORM);
    List<String> unknown =
        nodes.stream()
            .filter(n -> !isStandard(n.getDomain()) || !isKnown(n.getOpType()))
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

  private static boolean isKnown(String operator) {
    return Operator.OF_ACTIVATIONS.containsKey(operator)
        || Operator.OF_CONSTANTS.containsKey(operator);
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** The one input that the nodes read. */
  private ValueInfoProto input(List<NodeProto> nodes) {
    Set<String> read =
        nodes.stream().flatMap(n -> n.getInputList().stream()).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream()
            .filter(i -> !scope.values().containsKey(i.getName()) && read.contains(i.getName()))
            .toList();
    if (inputs.isEmpty()) {
      throw notComputed();
    }
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "It has %d inputs %s; only networks with one input are supported.",
              inputs.size(),
              inputs.stream().map(ValueInfoProto::getName).toList()));
    }
    return inputs.get(0);
  }
}
