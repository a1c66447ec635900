package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Element-wise operators. */
final class ArithmeticOperators {
  private ArithmeticOperators() {}

  static Map<String, Operator> all() {
    return Map.ofEntries(
        Map.entry("Softmax", ArithmeticOperators::softMax),
        Map.entry("LogSoftmax", ArithmeticOperators::softMax),
        Map.entry("Add", ArithmeticOperators::arithmetic),
        Map.entry("Sum", ArithmeticOperators::sum),
        Map.entry("Sub", ArithmeticOperators::arithmetic),
        Map.entry("Mul", ArithmeticOperators::arithmetic),
        Map.entry("Div", ArithmeticOperators::arithmetic),
        Map.entry("Pow", ArithmeticOperators::power),
        Map.entry("Neg", node -> scaled(node, -1)));
  }

  private static void scaled(OnnxNode node, double factor) {
    Tensor input = node.tensor(0);
    node.set(input.at(node.assembly().addAffine(node.name(), factor, 0, input.node())));
  }

  /** Up to opset 12 it takes all axes from its own on together. */
  private static void softMax(OnnxNode node) {
    Tensor input = node.tensor(0);
    Layout layout = input.layout();
    boolean together = node.opset() < 13;
    int axis = layout.axis(node.integer("axis", together ? 1 : -1));
    List<Integer> axes =
        IntStream.range(axis, together ? layout.rank() : axis + 1).boxed().toList();
    require(
        layout.factors(axes).size() == layout.sizes().size()
            && !layout.factors(axes).contains(Layout.BATCH),
        "Its axis is %d of %s; only a soft-max over the classes is supported.",
        axis,
        Arrays.toString(layout.shape()));
    node.set(new Tensor(input.node(), layout, true, input.moved()));
    node.assembly()
        .note(String.format(Locale.ROOT, "The soft-max '%s' at the end was removed.", node.name()));
  }

  private static void sum(OnnxNode node) {
    List<Integer> all = IntStream.range(0, node.inputs()).boxed().toList();
    Tensor sum =
        add(node, all.stream().filter(i -> !node.isConstant(i)).map(node::tensor).toList());
    for (int i : all.stream().filter(node::isConstant).toList()) {
      sum = affine(node, sum, Nd4j.scalar(1f), node.floats(i), ".shift");
    }
    node.set(sum);
  }

  private static Tensor add(OnnxNode node, List<Tensor> inputs) {
    long[] shape = inputs.get(0).shape();
    for (Tensor input : inputs) {
      shape = Places.common(shape, input.shape());
    }
    long[] common = shape;
    Tensor first =
        inputs.stream()
            .filter(input -> Arrays.equals(input.shape(), common))
            .findFirst()
            .orElseThrow(() -> Broadcasting.impossible(inputs));
    if (inputs.size() == 1) {
      return first;
    }
    String[] names =
        inputs.stream()
            .map(input -> Broadcasting.repeated(node, first, input))
            .toArray(String[]::new);
    return first.at(node.assembly().add(node.name(), new Add(), names));
  }

  private static void arithmetic(OnnxNode node) {
    String operator = node.proto().getOpType();
    if (node.isConstant(0) || node.isConstant(1)) {
      affine(node, operator);
      return;
    }
    Tensor first = node.tensor(0);
    Tensor second = node.tensor(1);
    require(!operator.equals("Div"), "A quotient of two activations is not supported.");
    if (operator.equals("Mul")) {
      node.set(Broadcasting.product(node, first, second));
      return;
    }
    if (operator.equals("Sub")) {
      second = second.at(node.assembly().addAffine(node.name() + ".minus", -1, 0, second.node()));
    }
    node.set(add(node, List.of(first, second)));
  }

  /** A power with a whole number: products. */
  private static void power(OnnxNode node) {
    Tensor input = node.tensor(0);
    double exponent = node.number(1);
    require(
        exponent == Math.rint(exponent) && exponent >= 1 && exponent <= 4,
        "It takes the power %s; 1 to 4 are supported.",
        exponent);
    Tensor result = input;
    for (int i = 1; i < exponent; i++) {
      result = Broadcasting.product(node, result, input);
    }
    node.set(result);
  }

  /** An activation with a constant. */
  private static void affine(OnnxNode node, String operator) {
    boolean constantFirst = node.isConstant(0);
    require(
        !(constantFirst && operator.equals("Div")),
        "A constant divided by an activation is not supported.");
    Tensor input = node.tensor(constantFirst ? 1 : 0);
    INDArray constant = node.floats(constantFirst ? 0 : 1);
    INDArray one = Nd4j.scalar(1f);
    INDArray zero = Nd4j.scalar(0f);
    INDArray sign = constantFirst ? one.neg() : one;
    node.set(
        switch (operator) {
          case "Add" -> affine(node, input, one, constant, "");
          case "Sub" -> affine(node, input, sign, constantFirst ? constant : constant.neg(), "");
          case "Mul" -> affine(node, input, constant, zero, "");
          default -> affine(node, input, constant.rdiv(1), zero, "");
        });
  }

  /**
   * Adds {@code scale * input + shift}, where one of the two may vary along axes of the input, as
   * numpy broadcasts it.
   *
   * @param suffix of the layer's name
   */
  static Tensor affine(OnnxNode node, Tensor input, INDArray scale, INDArray shift, String suffix) {
    INDArray varying = scale.length() == 1 ? shift : scale;
    Layout layout = input.layout();
    List<Integer> axes = axes(varying, layout);
    Tensor front = axes.isEmpty() ? input : node.front(input, axes);
    long channels = node.assembly().shape(front.node()).get(0);
    Affine affine = new Affine(perChannel(scale, channels), perChannel(shift, channels));
    return front.at(node.assembly().add(node.name() + suffix, affine, front.node()));
  }

  private static INDArray perChannel(INDArray values, long channels) {
    return values.length() == 1
        ? Nd4j.valueArrayOf(new long[] {channels}, values.getDouble(0), DataType.FLOAT)
        : values.dup('c').reshape('c', new long[] {channels});
  }

  /** The axes along which a constant varies that is combined with an input. */
  static List<Integer> axes(INDArray constant, Layout layout) {
    long[] shape = constant.shape();
    int added = layout.rank() - shape.length;
    List<Integer> axes =
        IntStream.range(0, shape.length)
            .filter(axis -> shape[axis] > 1)
            .mapToObj(axis -> axis + added)
            .toList();
    require(
        axes.stream().allMatch(a -> a >= 0 && layout.size(a) == shape[a - added])
            && Arrays.stream(shape).limit(Math.max(0, -added)).allMatch(size -> size == 1),
        "The constant %s does not fit its input %s.",
        Arrays.toString(shape),
        Arrays.toString(layout.shape()));
    require(
        axes.stream().noneMatch(a -> layout.axes().get(a).contains(Layout.BATCH)),
        "The constant %s differs for the examples of %s.",
        Arrays.toString(shape),
        Arrays.toString(layout.shape()));
    return axes;
  }
}
