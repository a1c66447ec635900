package org.explain4j.models.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.explain4j.models.graph.GraphAssembly;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A node of an ONNX graph that is being translated. Its methods throw {@link
 * IllegalArgumentException} where the node is not what the operator needs.
 *
 * @param values what is known by now, by name; results go there
 */
record OnnxNode(
    NodeProto proto, long opset, GraphAssembly assembly, Map<String, OnnxValue> values) {

  /** The node's name, or that of its output; PyTorch's {@code /conv1/Conv} is called conv1. */
  String name() {
    return name(proto);
  }

  static String name(NodeProto proto) {
    String given = proto.getName();
    if (given.isEmpty()) {
      return proto.getOutputCount() > 0 ? proto.getOutput(0) : proto.getOpType();
    }
    boolean weighted = List.of("Conv", "Gemm", "MatMul").contains(proto.getOpType());
    String operator = "/" + proto.getOpType();
    return weighted && given.length() > operator.length() && given.endsWith(operator)
        ? given.substring(0, given.length() - operator.length())
        : given;
  }

  long integer(String attribute, long otherwise) {
    return attribute(attribute, AttributeProto.AttributeType.INT)
        .map(AttributeProto::getI)
        .orElse(otherwise);
  }

  double number(String attribute, double otherwise) {
    return attribute(attribute, AttributeProto.AttributeType.FLOAT)
        .map(a -> (double) a.getF())
        .orElse(otherwise);
  }

  String text(String attribute, String otherwise) {
    return attribute(attribute, AttributeProto.AttributeType.STRING)
        .map(a -> a.getS().toStringUtf8())
        .orElse(otherwise);
  }

  Optional<long[]> integers(String attribute) {
    return attribute(attribute, AttributeProto.AttributeType.INTS)
        .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray());
  }

  Optional<AttributeProto> attribute(String name, AttributeProto.AttributeType type) {
    Optional<AttributeProto> attribute =
        proto.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
    // Files of the first ONNX versions leave the type out.
    attribute.ifPresent(
        a ->
            require(
                a.getType() == type || a.getTypeValue() == 0,
                "Attribute '%s' is of type %s, not %s.",
                name,
                a.getType(),
                type));
    return attribute;
  }

  /** Whether the optional input is given. */
  boolean has(int input) {
    return proto.getInputCount() > input && !proto.getInput(input).isEmpty();
  }

  OnnxValue value(int input) {
    require(has(input), "Input %d is missing.", input);
    return values.get(proto.getInput(input));
  }

  OnnxValue.Activation activation(int input) {
    OnnxValue value = value(input);
    require(
        !(value instanceof OnnxValue.Probabilities),
        "It reads a soft-max; a soft-max is supported only at the end of the network.");
    require(
        value instanceof OnnxValue.Activation,
        "Input '%s' must be computed from the network's input, not be a constant.",
        proto.getInput(input));
    return (OnnxValue.Activation) value;
  }

  /** An activation that the file, too, sees as {@code [n,c,h,w]} or {@code [n,d]}. */
  String channelsFirst(int input) {
    OnnxValue.Activation activation = activation(input);
    require(
        !activation.channelsLast(),
        "It works on channels-last images.\nMaybe export the model with channels first (NCHW).");
    return activation.node();
  }

  /** A channels-first image {@code [n,c,h,w]}. */
  String image(int input) {
    String node = channelsFirst(input);
    require(
        assembly.shape(node).size() == 3,
        "It needs images [c,h,w], but its input is %s.",
        assembly.shape(node));
    return node;
  }

  INDArray floats(int input) {
    require(
        value(input) instanceof OnnxValue.Floats,
        "Input '%s' must be constant floating-point numbers.",
        proto.getInput(input));
    return ((OnnxValue.Floats) value(input)).array();
  }

  long[] integersAt(int input) {
    require(
        value(input) instanceof OnnxValue.Integers,
        "Input '%s' must be constant integers.",
        proto.getInput(input));
    return ((OnnxValue.Integers) value(input)).values();
  }

  /** Sets the node's first output. */
  void set(OnnxValue value) {
    set(0, value);
  }

  void set(int output, OnnxValue value) {
    require(output < proto.getOutputCount(), "Output %d is missing.", output);
    values.put(proto.getOutput(output), value);
  }

  /** Sets the node's first output to that of a node of the network. */
  void set(String node) {
    set(new OnnxValue.Activation(node, false));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  static void require(boolean condition, String message, Object... numbers) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(numbers));
    }
  }
}
