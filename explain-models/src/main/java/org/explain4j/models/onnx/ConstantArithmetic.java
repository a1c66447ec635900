package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import onnx.Onnx.TensorProto.DataType;
import org.explain4j.models.onnx.OnnxValue.Constant;
import org.explain4j.models.onnx.OnnxValue.Floats;
import org.explain4j.models.onnx.OnnxValue.Integers;

/** Operators that compute with constants. */
final class ConstantArithmetic {
  private static final Set<DataType> REAL =
      Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16);

  private ConstantArithmetic() {}

  /** How an operator of two numbers is computed for whole and for real ones. */
  private record Binary(LongBinaryOperator whole, DoubleBinaryOperator real, boolean truth) {
    Binary(LongBinaryOperator whole, DoubleBinaryOperator real) {
      this(whole, real, false);
    }

    static Binary truth(DoubleBinaryOperator real) {
      return new Binary((a, b) -> (long) real.applyAsDouble((double) a, (double) b), real, true);
    }
  }

  private static final Map<String, Binary> BINARY =
      Map.ofEntries(
          Map.entry("Add", new Binary(Long::sum, Double::sum)),
          Map.entry("Sub", new Binary((a, b) -> a - b, (a, b) -> a - b)),
          Map.entry("Mul", new Binary((a, b) -> a * b, (a, b) -> a * b)),
          Map.entry("Div", new Binary((a, b) -> a / b, (a, b) -> a / b)),
          Map.entry(
              "Pow", new Binary((a, b) -> (long) Math.pow((double) a, (double) b), Math::pow)),
          Map.entry("Min", new Binary(Math::min, Math::min)),
          Map.entry("Max", new Binary(Math::max, Math::max)),
          Map.entry("Mod", new Binary(Math::floorMod, (a, b) -> a % b)),
          Map.entry("Equal", Binary.truth((a, b) -> a == b ? 1 : 0)),
          Map.entry("Less", Binary.truth((a, b) -> a < b ? 1 : 0)),
          Map.entry("LessOrEqual", Binary.truth((a, b) -> a <= b ? 1 : 0)),
          Map.entry("Greater", Binary.truth((a, b) -> a > b ? 1 : 0)),
          Map.entry("GreaterOrEqual", Binary.truth((a, b) -> a >= b ? 1 : 0)),
          Map.entry("And", Binary.truth((a, b) -> a * b)),
          Map.entry("Or", Binary.truth(Math::max)));

  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.of(
          "Neg", a -> -a,
          "Abs", Math::abs,
          "Sqrt", Math::sqrt,
          "Exp", Math::exp,
          "Log", Math::log,
          "Reciprocal", a -> 1 / a,
          "Floor", Math::floor,
          "Ceil", Math::ceil,
          "Not", a -> 1 - a);

  private static final Map<String, DoubleBinaryOperator> FOLDS =
      Map.of(
          "ReduceProd", (a, b) -> a * b,
          "ReduceSum", Double::sum,
          "ReduceMean", Double::sum,
          "ReduceMax", Math::max,
          "ReduceMin", Math::min);

  static Map<String, Operator> all() {
    Map<String, Operator> all = new TreeMap<>();
    BINARY.forEach((name, binary) -> all.put(name, node -> binary(node, binary)));
    UNARY.forEach((name, unary) -> all.put(name, node -> unary(node, unary)));
    FOLDS.forEach((name, fold) -> all.put(name, node -> reduce(node, fold)));
    all.put("Sum", node -> binary(node, BINARY.get("Add")));
    all.put("Cast", node -> node.set(cast(node.constant(0), type(node))));
    all.put("Where", ConstantArithmetic::where);
    return all;
  }

  private static void binary(OnnxNode node, Binary operator) {
    Constant result = node.constant(0);
    for (int i = 1; i < node.inputs(); i++) {
      result = binary(result, node.constant(i), operator);
    }
    node.set(result);
  }

  private static Constant binary(Constant first, Constant second, Binary operator) {
    long[] shape = Places.common(first.shape(), second.shape());
    Constant a = first.taken(shape, Places.broadcast(first.shape(), shape));
    Constant b = second.taken(shape, Places.broadcast(second.shape(), shape));
    if (a instanceof Integers whole && b instanceof Integers other) {
      long[] values = new long[whole.values().length];
      Arrays.setAll(
          values, i -> operator.whole().applyAsLong(whole.values()[i], other.values()[i]));
      return new Integers(shape, values, operator.truth() ? DataType.BOOL : whole.type());
    }
    double[] left = a.numbers();
    double[] right = b.numbers();
    double[] values = new double[left.length];
    Arrays.setAll(values, i -> operator.real().applyAsDouble(left[i], right[i]));
    return operator.truth() ? whole(values, shape, DataType.BOOL) : real(values, shape);
  }

  private static Integers whole(double[] values, long[] shape, DataType type) {
    return new Integers(shape, Arrays.stream(values).mapToLong(v -> (long) v).toArray(), type);
  }

  static Floats real(double[] values, long... shape) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Floats.of(floats, shape);
  }

  /** The same kind of constant with other numbers. */
  private static Constant like(Constant input, double[] values, long... shape) {
    return input instanceof Integers integers
        ? whole(values, shape, integers.type())
        : real(values, shape);
  }

  private static void unary(OnnxNode node, DoubleUnaryOperator operator) {
    Constant input = node.constant(0);
    node.set(like(input, Arrays.stream(input.numbers()).map(operator).toArray(), input.shape()));
  }

  /** The type that a Cast node asks for. */
  private static DataType type(OnnxNode node) {
    DataType type = DataType.forNumber((int) node.integer("to", 0));
    require(type != null, "Its type %d is unknown.", node.integer("to", 0));
    return type;
  }

  private static Constant cast(Constant input, DataType type) {
    if (REAL.contains(type)) {
      return input instanceof Floats ? input : real(input.numbers(), input.shape());
    }
    if (type == DataType.BOOL) {
      double[] truth = Arrays.stream(input.numbers()).map(v -> v == 0 ? 0 : 1).toArray();
      return whole(truth, input.shape(), type);
    }
    return input instanceof Integers integers
        ? new Integers(integers.shape(), integers.values(), type)
        : whole(input.numbers(), input.shape(), type);
  }

  private static void where(OnnxNode node) {
    long[] shape =
        Places.common(
            node.constant(0).shape(),
            Places.common(node.constant(1).shape(), node.constant(2).shape()));
    List<double[]> numbers =
        IntStream.range(0, 3)
            .mapToObj(node::constant)
            .map(c -> c.taken(shape, Places.broadcast(c.shape(), shape)).numbers())
            .toList();
    double[] chosen = new double[numbers.get(0).length];
    Arrays.setAll(chosen, i -> numbers.get(numbers.get(0)[i] != 0 ? 1 : 2)[i]);
    node.set(like(node.constant(1), chosen, shape));
  }

  private static void reduce(OnnxNode node, DoubleBinaryOperator fold) {
    Constant input = node.constant(0);
    long[] shape = input.shape();
    List<Integer> axes = PoolOperators.axes(node, shape.length);
    long[] kept = shape.clone();
    axes.forEach(axis -> kept[axis] = 1);
    double[] numbers = input.numbers();
    double[] folded = new double[Places.size(kept)];
    boolean[] begun = new boolean[folded.length];
    require(numbers.length > 0, "It folds an empty array.");
    long[] strides = Places.strides(kept);
    axes.forEach(axis -> strides[axis] = 0);
    int[] places = Places.strided(shape, 0, strides);
    for (int i = 0; i < numbers.length; i++) {
      int place = places[i];
      folded[place] = begun[place] ? fold.applyAsDouble(folded[place], numbers[i]) : numbers[i];
      begun[place] = true;
    }
    if (node.proto().getOpType().equals("ReduceMean")) {
      double count = (double) numbers.length / folded.length;
      folded = Arrays.stream(folded).map(sum -> sum / count).toArray();
    }
    long[] result =
        node.integer("keepdims", 1) != 0
            ? kept
            : IntStream.range(0, shape.length)
                .filter(axis -> !axes.contains(axis))
                .mapToLong(axis -> shape[axis])
                .toArray();
    node.set(like(input, folded, result));
  }
}
