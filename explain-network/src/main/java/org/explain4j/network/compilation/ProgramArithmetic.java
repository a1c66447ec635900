package org.explain4j.network.compilation;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.kernels.ElementSteps;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.PostOperation;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arithmetic at a node as further steps of a program; arrays are the program's numbers of them. */
final class ProgramArithmetic implements Arithmetic<Integer> {
  /** An array of zeros, for which no step is needed. */
  private static final int NOTHING = -1;

  private final BackwardCompilation backward;
  private final Compilation compilation;
  private final Program program;
  private final LinearSteps linear;
  private final Node node;
  private final int message;

  ProgramArithmetic(BackwardCompilation backward, Node node, int message) {
    this.backward = backward;
    compilation = backward.compilation();
    program = compilation.program();
    linear = new LinearSteps(compilation);
    this.node = node;
    this.message = message;
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public Layer layer() {
    return node.layer();
  }

  @Override
  public List<Integer> inputs() {
    return compilation.inputs(node);
  }

  @Override
  public long[] inputShape() {
    return compilation.shape(node.inputs().get(0));
  }

  @Override
  public long[] outputShape() {
    return compilation.shape(node.name());
  }

  @Override
  public Integer output() {
    return compilation.value(node.name());
  }

  @Override
  public Integer message() {
    return message;
  }

  @Override
  public Arithmetic<Integer> reference() {
    return new ProgramArithmetic(backward.atReference(), node, message);
  }

  @Override
  public List<Integer> gradient(Integer arrived) {
    return backward.gradient(node, arrived);
  }

  @Override
  public Integer forward(LinearLayer layer, Integer x) {
    return linear.forward(layer, x, outputShape(), false);
  }

  @Override
  public Integer transpose(LinearLayer layer, Integer arrived) {
    return linear.transposed(layer, arrived, inputShape());
  }

  @Override
  public List<Integer> forward(List<LinearLayer> layers, Integer x) {
    return UnitedLayers.suits(layers)
        ? compilation.united(node, layers).forward(x)
        : Arithmetic.super.forward(layers, x);
  }

  @Override
  public Integer transpose(List<LinearLayer> layers, List<Integer> messages) {
    return UnitedLayers.suits(layers)
        ? compilation.united(node, layers).transpose(messages)
        : Arithmetic.super.transpose(layers, messages);
  }

  @Override
  public LinearLayer changed(String name, UnaryOperator<LinearLayer> change) {
    return compilation.changed(node, name, change);
  }

  @Override
  public Integer constant(String name, Supplier<INDArray> numbers) {
    INDArray array = numbers.get();
    return compilation.constant(array, Layout.plain(array.shape()));
  }

  @Override
  public Integer product(Integer a, Integer b) {
    return compilation.combined(Binary.PRODUCT, a, b, true);
  }

  @Override
  public Integer sum(Integer a, Integer b) {
    return compilation.combined(Binary.SUM, a, b, true);
  }

  @Override
  public Integer difference(Integer a, Integer b) {
    return compilation.combined(Binary.DIFFERENCE, a, b, true);
  }

  @Override
  public Integer quotient(Integer arrived, Integer z, double epsilon, double factor) {
    int divisor = program.reordered(z, program.layout(arrived));
    boolean positive = z.equals(output()) && backward.zeros().vanishesBelowRectifier(node);
    if (epsilon == 0) {
      int zero = compared(Binary.EQUAL, divisor, PostOperation.NONE);
      int safe = compilation.combined(Binary.SUM, zero, divisor, true);
      int all = divided(arrived, safe, factor);
      return compilation.combined(
          Binary.PRODUCT, compared(Binary.DIFFERENT, divisor, PostOperation.NONE), all, true);
    }
    int stable =
        positive
            ? compilation.linear(divisor, 1, epsilon)
            : compilation.combined(
                Binary.SUM,
                compared(Binary.NOT_SMALLER, divisor, PostOperation.linear(2 * epsilon, -epsilon)),
                divisor,
                true);
    return divided(arrived, stable, factor);
  }

  private int divided(int arrived, int divisor, double factor) {
    PostOperation after = factor == 1 ? PostOperation.NONE : PostOperation.linear(factor, 0);
    return compilation.combined(Binary.QUOTIENT, arrived, divisor, after);
  }

  /** 1 where an array compares so with 0, else 0. */
  private int compared(Binary comparison, int x, PostOperation after) {
    return compilation.combined(comparison, x, compilation.zeros(program.layout(x)), after);
  }

  @Override
  public Integer slope(Integer numerator, Integer change, double epsilon, Integer alternative) {
    Layout layout = program.layout(numerator);
    int result = program.array(layout);
    program.step(
        ElementSteps.slope(epsilon),
        compilation.owned(numerator),
        compilation.owned(program.reordered(change, layout)),
        compilation.owned(program.reordered(alternative, layout)),
        result);
    return result;
  }

  @Override
  public Integer positive(Integer x) {
    // A product, for oneDNN's rectifier takes NaN for nothing and would hide an overflow.
    return product(compared(Binary.LARGER, x, PostOperation.NONE), x);
  }

  @Override
  public Integer negative(Integer x) {
    return product(compared(Binary.SMALLER, x, PostOperation.NONE), x);
  }

  @Override
  public Integer where(boolean positive, Integer arrived) {
    if (backward.zeros().vanishesBelowRectifier(node)) {
      return positive ? arrived : NOTHING;
    }
    int open = compared(positive ? Binary.LARGER : Binary.SMALLER, output(), PostOperation.NONE);
    return product(arrived, open);
  }

  @Override
  public boolean hasNegativeInput() {
    return !backward.zeros().isNonNegative(node.inputs().get(0));
  }

  @Override
  public boolean mayBeNonZero(Integer x) {
    return x != NOTHING;
  }
}
