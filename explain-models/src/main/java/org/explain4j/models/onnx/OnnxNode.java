package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A node of an ONNX graph that is being translated. Its methods throw {@link
 * IllegalArgumentException} where the node is not what the operator needs.
 *
 * @param scope what is known by now; results go there
 */
record OnnxNode(NodeProto proto, Scope scope) {

  long opset() {
    return scope.opset();
  }

  GraphAssembly assembly() {
    return scope.assembly();
  }

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

  int inputs() {
    return proto.getInputCount();
  }

  /** Whether the optional input is given. */
  boolean has(int input) {
    return inputs() > input && !proto.getInput(input).isEmpty();
  }

  OnnxValue value(int input) {
    require(has(input), "Input %d is missing.", input);
    return scope.values().get(proto.getInput(input));
  }

  boolean isConstant(int input) {
    return has(input) && value(input) instanceof Constant;
  }

  Tensor tensor(int input) {
    Tensor tensor = view(input);
    require(
        !tensor.softMax(),
        "It reads a soft-max; a soft-max is supported only at the end of the network.");
    return tensor;
  }

  /** An activation that is only moved, so a soft-max will do. */
  Tensor view(int input) {
    OnnxValue value = value(input);
    require(
        value instanceof Tensor,
        "Input '%s' must be computed from the network's input, not be a constant.",
        proto.getInput(input));
    return (Tensor) value;
  }

  /** An image that the network, like the file, has as {@code [c,h,w]}. */
  Tensor image(int input) {
    Tensor image = tensor(input);
    require(
        image.layout().rank() == 4 && image.layout().batchAxis() == 0,
        "It needs images [n,c,h,w], but its input is %s.",
        Arrays.toString(image.shape()));
    return ordered(image, List.of(1, 2, 3));
  }

  /** An activation with one dimension of the network for each of these axes, in this order. */
  Tensor ordered(Tensor input, List<Integer> axes) {
    Layout layout = input.layout();
    return scope.arranged(
        input, layout.factors(axes), axes.stream().map(layout::size).toList(), name());
  }

  /**
   * An activation with these axes as the first dimension of the network. The others keep their
   * places if these are in front already.
   */
  Tensor front(Tensor input, List<Integer> axes) {
    Layout layout = input.layout();
    List<Long> shape = assembly().shape(input.node());
    List<Integer> first = layout.factors(axes);
    require(
        !first.contains(Layout.BATCH),
        "It works along the examples of %s.",
        Arrays.toString(layout.shape()));
    List<List<Integer>> dimensions = Scope.dimensions(shape, layout.sizes());
    if (!dimensions.isEmpty() && dimensions.get(0).equals(first)) {
      return input;
    }
    List<Integer> order = new ArrayList<>(first);
    IntStream.range(0, layout.sizes().size()).filter(f -> !first.contains(f)).forEach(order::add);
    long size = first.stream().mapToLong(layout.sizes()::get).reduce(1, (a, b) -> a * b);
    long rest = layout.sizes().stream().reduce(1L, (a, b) -> a * b) / size;
    boolean vector = rest == 1 && shape.size() == 1;
    return scope.arranged(input, order, vector ? List.of(size) : List.of(size, rest, 1L), name());
  }

  Constant constant(int input) {
    require(isConstant(input), "Input '%s' must be constant.", text(input));
    return (Constant) value(input);
  }

  INDArray floats(int input) {
    require(
        has(input) && value(input) instanceof OnnxValue.Floats floats && !floats.array().isEmpty(),
        "Input '%s' must be constant floating-point numbers.",
        text(input));
    return ((OnnxValue.Floats) value(input)).array();
  }

  double number(int input) {
    double[] numbers = constant(input).numbers();
    require(numbers.length == 1, "Input '%s' must be a single number.", text(input));
    return numbers[0];
  }

  long[] integersAt(int input) {
    require(
        has(input) && value(input) instanceof OnnxValue.Integers,
        "Input '%s' must be constant integers.",
        text(input));
    return ((OnnxValue.Integers) value(input)).values();
  }

  /** Integers from an input, or from an attribute as in older opsets. */
  Optional<long[]> integers(int input, String attribute) {
    return has(input) ? Optional.of(integersAt(input)) : integers(attribute);
  }

  private String text(int input) {
    return input < inputs() ? proto.getInput(input) : Integer.toString(input);
  }

  /** Sets the node's first output. */
  void set(OnnxValue value) {
    set(0, value);
  }

  void set(int output, OnnxValue value) {
    require(output < proto.getOutputCount(), "Output %d is missing.", output);
    scope.values().put(proto.getOutput(output), value);
  }

  /** Adds a layer that keeps the shape, and sets the node's first output to its own. */
  void setSame(Layer layer, Tensor input) {
    set(input.at(assembly().add(name(), layer, input.node())));
  }

  /** Sets the node's first output to images {@code [n,c,h,w]} or vectors of a node. */
  void set(String node, Layout input) {
    set(new Tensor(node, Layout.of(input.batch(), assembly().shape(node))));
  }

  static long product(long... shape) {
    return LongStream.of(shape).reduce(1, Math::multiplyExact);
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  static void require(boolean condition, String message, Object... numbers) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, numbers));
    }
  }
}
