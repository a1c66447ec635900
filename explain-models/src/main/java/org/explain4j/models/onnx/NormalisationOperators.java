package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Normalisation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Normalisations by statistics of the example. */
final class NormalisationOperators {
  private NormalisationOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "LRN",
        NormalisationOperators::neighbours,
        "LayerNormalization",
        NormalisationOperators::layer,
        "InstanceNormalization",
        NormalisationOperators::instance,
        "GroupNormalization",
        NormalisationOperators::group,
        Decompositions.LAYER_NORM,
        NormalisationOperators::decomposed);
  }

  private static void neighbours(OnnxNode node) {
    Tensor input = node.image(0);
    Normalisation.Neighbours statistics =
        new Normalisation.Neighbours(
            LinearOperators.integer(node.integer("size", 1)),
            node.number("alpha", 1e-4),
            node.number("beta", 0.75),
            node.number("bias", 1));
    node.setSame(new Normalisation(statistics), input);
  }

  private static void layer(OnnxNode node) {
    Tensor input = node.tensor(0);
    int first = input.layout().axis(node.integer("axis", -1));
    List<Integer> axes = IntStream.range(first, input.layout().rank()).boxed().toList();
    Tensor result = normalised(node, input, axes, node.number("epsilon", 1e-5));
    node.set(scaled(node, result, node.floats(1), node.has(2) ? node.floats(2) : Nd4j.scalar(0f)));
  }

  private static void decomposed(OnnxNode node) {
    Tensor input = node.tensor(0);
    List<Integer> axes = PoolOperators.axes(node, input.layout().rank());
    node.set(normalised(node, input, axes, node.number("epsilon", 0)));
  }

  private static void instance(OnnxNode node) {
    Tensor input = node.tensor(0);
    int rank = input.layout().rank();
    List<Integer> axes = IntStream.range(2, rank).boxed().toList();
    Tensor result = normalised(node, input, axes, node.number("epsilon", 1e-5));
    node.set(
        scaled(node, result, perChannel(node.floats(1), rank), perChannel(node.floats(2), rank)));
  }

  /** Up to opset 20 it has a scale and shift for each group, later for each channel. */
  private static void group(OnnxNode node) {
    Tensor input = node.tensor(0);
    long channels = input.layout().size(1);
    long groups = node.integer("num_groups", 1);
    require(
        groups > 0 && channels % groups == 0,
        "It makes %d groups of %d channels.",
        groups,
        channels);
    Tensor front = node.front(input, List.of(1));
    Normalisation.Groups statistics =
        new Normalisation.Groups(Math.toIntExact(groups), node.number("epsilon", 1e-5));
    String name = node.assembly().add(node.name(), new Normalisation(statistics), front.node());
    int rank = input.layout().rank();
    INDArray[] factors = new INDArray[2];
    for (int i = 0; i < 2; i++) {
      INDArray given = node.floats(i + 1);
      long stated = node.opset() < 21 ? groups : channels;
      require(given.length() == stated, "It has %d scales, not %d.", given.length(), stated);
      factors[i] = perChannel(each(given, channels / stated), rank);
    }
    node.set(scaled(node, front.at(name), factors[0], factors[1]));
  }

  /** Each number so many times, one after the other. */
  private static INDArray each(INDArray numbers, long times) {
    INDArray column = numbers.reshape('c', numbers.length(), 1);
    INDArray rows = column.mmul(Nd4j.ones(numbers.dataType(), 1, times)).dup('c');
    return rows.reshape(rows.length());
  }

  /** As it is broadcast along the axis 1. */
  private static INDArray perChannel(INDArray values, int rank) {
    long[] shape = new long[rank - 1];
    Arrays.fill(shape, 1);
    shape[0] = values.length();
    return values.dup('c').reshape('c', shape);
  }

  private static Tensor scaled(OnnxNode node, Tensor input, INDArray scale, INDArray shift) {
    return ArithmeticOperators.affine(node, input, scale, shift, ".scale");
  }

  /** Mean 0 and variance 1 over these axes. */
  private static Tensor normalised(
      OnnxNode node, Tensor input, List<Integer> axes, double epsilon) {
    Layout layout = input.layout();
    List<Integer> over = layout.factors(axes);
    require(
        !over.contains(Layout.BATCH),
        "It normalises over the examples of %s.",
        Arrays.toString(layout.shape()));
    List<Long> shape = node.assembly().shape(input.node());
    List<List<Integer>> dimensions = Scope.dimensions(shape, layout.sizes());
    if (shape.size() == 3 && !dimensions.isEmpty() && isSame(over, dimensions.get(0))) {
      Normalisation channels = new Normalisation(new Normalisation.Channels(epsilon));
      return input.at(node.assembly().add(node.name(), channels, input.node()));
    }
    List<Integer> order =
        new ArrayList<>(
            IntStream.range(0, layout.sizes().size())
                .boxed()
                .filter(f -> !over.contains(f))
                .toList());
    long groups = order.stream().mapToLong(layout.sizes()::get).reduce(1, (a, b) -> a * b);
    order.addAll(over.stream().sorted().toList());
    boolean ordered = order.equals(order.stream().sorted().toList());
    long size = layout.sizes().stream().reduce(1L, (a, b) -> a * b) / groups;
    Tensor arranged =
        ordered && shape.get(0) % groups == 0
            ? input
            : node.scope().arranged(input, order, List.of(groups, size, 1L), node.name());
    Normalisation statistics =
        new Normalisation(new Normalisation.Groups(Math.toIntExact(groups), epsilon));
    return arranged.at(node.assembly().add(node.name(), statistics, arranged.node()));
  }

  private static boolean isSame(List<Integer> some, List<Integer> others) {
    return some.size() == others.size() && others.containsAll(some) && !some.isEmpty();
  }
}
