package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import org.explain4j.models.onnx.OnnxValue.Activation;
import org.explain4j.models.onnx.OnnxValue.Floats;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.Relu;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Element-wise operators. */
final class ArithmeticOperators {
  private ArithmeticOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Relu", ArithmeticOperators::relu,
        "Clip", ArithmeticOperators::clip,
        "Softmax", ArithmeticOperators::softmax,
        "LogSoftmax", ArithmeticOperators::softmax,
        "Add", ArithmeticOperators::arithmetic,
        "Sum", ArithmeticOperators::sum,
        "Sub", ArithmeticOperators::arithmetic,
        "Mul", ArithmeticOperators::arithmetic,
        "Div", ArithmeticOperators::arithmetic);
  }

  private static void relu(OnnxNode node) {
    Activation input = node.activation(0);
    String relu = node.assembly().add(node.name(), new Relu(), input.node());
    node.set(new Activation(relu, input.channelsLast()));
  }

  /** A clip from 0 to infinity is a rectifier. */
  private static void clip(OnnxNode node) {
    double low = bound(node, 1, "min", Double.NEGATIVE_INFINITY);
    double high = bound(node, 2, "max", Double.POSITIVE_INFINITY);
    require(
        low == 0 && high >= Float.MAX_VALUE,
        "Only the clip from 0 to infinity (ReLU) is supported, not from %s to %s.",
        low,
        high);
    relu(node);
  }

  private static double bound(OnnxNode node, int input, String attribute, double otherwise) {
    if (node.has(input)) {
      return node.floats(input).getDouble(0);
    }
    return node.attribute(attribute, AttributeProto.AttributeType.FLOAT)
        .map(a -> (double) a.getF())
        .orElse(otherwise);
  }

  private static void softmax(OnnxNode node) {
    Activation input = node.activation(0);
    List<Long> shape = node.assembly().shape(input.node());
    long rank = shape.size() + 1L;
    long axis = node.integer("axis", node.opset() < 13 ? 1 : -1);
    long classes = input.channelsLast() ? rank - 1 : 1;
    long size = shape.stream().reduce(1L, (a, b) -> a * b);
    require(
        (axis + rank) % rank == classes && (shape.get(0) == size || node.opset() < 13),
        "Its axis is %d of %s; only a soft-max over the classes is supported.",
        axis,
        shape);
    node.set(new OnnxValue.Probabilities(input.node()));
    node.assembly().note("The soft-max '%s' at the end was removed.".formatted(node.name()));
  }

  private static void sum(OnnxNode node) {
    List<Activation> inputs =
        IntStream.range(0, node.proto().getInputCount()).mapToObj(node::activation).toList();
    add(node, inputs);
  }

  private static void add(OnnxNode node, List<Activation> inputs) {
    require(
        inputs.stream().map(Activation::channelsLast).distinct().count() == 1,
        "It mixes images with channels first and channels last.");
    String[] names = inputs.stream().map(Activation::node).toArray(String[]::new);
    String sum = names.length == 1 ? names[0] : node.assembly().add(node.name(), new Add(), names);
    node.set(new Activation(sum, inputs.get(0).channelsLast()));
  }

  private static void arithmetic(OnnxNode node) {
    String operator = node.proto().getOpType();
    if (node.value(0) instanceof Floats && node.value(1) instanceof Floats) {
      node.set(new Floats(constant(operator, node.floats(0), node.floats(1))));
    } else if (node.value(0) instanceof Floats || node.value(1) instanceof Floats) {
      affine(node, operator);
    } else {
      require(
          operator.equals("Add") || operator.equals("Sub"),
          "A product or quotient of two activations is not supported.");
      Activation second = node.activation(1);
      if (operator.equals("Sub")) {
        String negative = node.assembly().addAffine(node.name() + ".minus", -1, 0, second.node());
        second = new Activation(negative, second.channelsLast());
      }
      add(node, List.of(node.activation(0), second));
    }
  }

  private static INDArray constant(String operator, INDArray a, INDArray b) {
    return switch (operator) {
      case "Add" -> a.add(b);
      case "Sub" -> a.sub(b);
      case "Mul" -> a.mul(b);
      default -> a.div(b);
    };
  }

  /** An activation with a constant per channel. */
  private static void affine(OnnxNode node, String operator) {
    boolean constantFirst = node.value(0) instanceof Floats;
    require(
        !(constantFirst && operator.equals("Div")),
        "A constant divided by an activation is not supported.");
    Activation input = node.activation(constantFirst ? 1 : 0);
    INDArray constant = perChannel(node, node.floats(constantFirst ? 0 : 1), input);
    INDArray one = Nd4j.onesLike(constant);
    INDArray zero = Nd4j.zerosLike(constant);
    Affine affine =
        switch (operator) {
          case "Add" -> new Affine(one, constant);
          case "Sub" ->
              constantFirst ? new Affine(one.neg(), constant) : new Affine(one, constant.neg());
          case "Mul" -> new Affine(constant, zero);
          default -> new Affine(one.div(constant), zero);
        };
    String name = node.assembly().add(node.name(), affine, input.node());
    node.set(new Activation(name, input.channelsLast()));
  }

  /** A constant that numpy's broadcasting spreads over everything but the channels. */
  private static INDArray perChannel(OnnxNode node, INDArray constant, Activation input) {
    List<Long> shape = node.assembly().shape(input.node());
    long channels = shape.get(0);
    if (constant.length() == 1) {
      return Nd4j.valueArrayOf(new long[] {channels}, constant.getFloat(0), constant.dataType());
    }
    int rank = shape.size() + 1;
    int axis = input.channelsLast() ? rank - 1 : 1;
    int position = axis - (rank - constant.rank());
    require(
        position >= 0 && constant.length() == channels && constant.size(position) == channels,
        "The constant %s is not one number per channel of %s.",
        LinearOperators.shape(constant),
        shape);
    return constant.reshape(channels);
  }
}
