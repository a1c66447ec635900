package org.explain4j.network.propagation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Elements;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Arithmetic at a layer with ND4J's arrays; frees those that were made on the way to a result. */
final class ArrayArithmetic implements Arithmetic<INDArray>, AutoCloseable {
  private final ChangedLayers layers;
  private final List<INDArray> inputs;
  private final INDArray output;
  private final INDArray message;
  private final Optional<Site> counterpart;
  private final List<INDArray> made;
  private final Set<Long> kept;

  ArrayArithmetic(ChangedLayers layers, List<INDArray> inputs, INDArray output, INDArray message) {
    this(layers, inputs, output, message, Optional.empty());
  }

  /**
   * @param counterpart the same layer in the pass of a reference
   */
  ArrayArithmetic(
      ChangedLayers layers,
      List<INDArray> inputs,
      INDArray output,
      INDArray message,
      Optional<Site> counterpart) {
    this.layers = layers;
    this.inputs = inputs;
    this.output = output;
    this.message = message;
    this.counterpart = counterpart;
    made = new ArrayList<>();
    kept = new HashSet<>();
    inputs.forEach(this::keep);
    keep(output);
    keep(message);
  }

  /** At another pass; what it makes is freed with the other one's. */
  private ArrayArithmetic(ArrayArithmetic other, Site site) {
    layers = other.layers;
    inputs = site.inputs();
    output = site.output();
    message = other.message;
    counterpart = Optional.empty();
    made = other.made;
    kept = other.kept;
    inputs.forEach(this::keep);
    keep(output);
  }

  /** What a step hands down, which stays when the rest is freed. */
  List<INDArray> results(BackwardStep step) {
    List<INDArray> results = step.messages(this);
    results.forEach(this::keep);
    return results;
  }

  private void keep(INDArray array) {
    kept.add(Buffers.address(array));
  }

  private INDArray own(INDArray array) {
    made.add(array);
    return array;
  }

  @Override
  public String name() {
    return layers.name();
  }

  @Override
  public Layer layer() {
    return layers.layer();
  }

  @Override
  public List<INDArray> inputs() {
    return inputs;
  }

  @Override
  public long[] inputShape() {
    return ofOne(input());
  }

  @Override
  public long[] outputShape() {
    return ofOne(output);
  }

  private static long[] ofOne(INDArray batch) {
    long[] shape = batch.shape().clone();
    shape[0] = 1;
    return shape;
  }

  @Override
  public INDArray output() {
    return output;
  }

  @Override
  public INDArray message() {
    return message;
  }

  @Override
  public Arithmetic<INDArray> reference() {
    Site site =
        counterpart.orElseThrow(() -> new IllegalStateException("This pass has no reference."));
    return new ArrayArithmetic(this, site);
  }

  @Override
  public List<INDArray> gradient(INDArray arrived) {
    List<INDArray> down = layer().backward(inputs, output, arrived);
    down.forEach(this::own);
    return down;
  }

  @Override
  public INDArray forward(LinearLayer layer, INDArray x) {
    return own(layer.forward(x));
  }

  @Override
  public INDArray transpose(LinearLayer layer, INDArray arrived) {
    return own(layer.transpose(arrived, input().shape()));
  }

  @Override
  public LinearLayer changed(String name, UnaryOperator<LinearLayer> change) {
    return layers.changed(name, change);
  }

  @Override
  public INDArray constant(String name, Supplier<INDArray> numbers) {
    INDArray constant = layers.constant(name, numbers);
    keep(constant);
    return constant;
  }

  @Override
  public INDArray product(INDArray a, INDArray b) {
    return own(
        a.length() == b.length()
            ? Elements.product(a, b, Buffers.uninitialized(a, a.shape()))
            : a.mul(b));
  }

  @Override
  public INDArray sum(INDArray a, INDArray b) {
    return own(a.add(b));
  }

  @Override
  public INDArray difference(INDArray a, INDArray b) {
    return own(a.sub(b));
  }

  @Override
  public INDArray quotient(INDArray arrived, INDArray z, double epsilon, double factor) {
    INDArray result = Buffers.uninitialized(arrived, arrived.shape());
    return own(Elements.quotient(arrived, z, epsilon, factor, result));
  }

  @Override
  public INDArray slope(INDArray numerator, INDArray change, double epsilon, INDArray alternative) {
    INDArray small =
        own(Elements.combine(alternative, change, (a, d) -> Math.abs(d) < epsilon ? a : 0));
    return own(
        Elements.combine(numerator, change, (n, d) -> Math.abs(d) < epsilon ? 0 : n / d)
            .addi(small));
  }

  @Override
  public INDArray positive(INDArray x) {
    return own(Elements.positive(x));
  }

  @Override
  public INDArray negative(INDArray x) {
    return own(Transforms.min(x, 0, true));
  }

  @Override
  public INDArray where(boolean positive, INDArray arrived) {
    return own(
        positive
            ? Elements.gate(arrived, output)
            : Elements.combine(arrived, output, (r, z) -> z < 0 ? r : 0));
  }

  @Override
  public boolean hasNegativeInput() {
    return Elements.anyNegative(input());
  }

  @Override
  public boolean mayBeNonZero(INDArray x) {
    return Elements.anyNonZero(x);
  }

  @Override
  public void close() {
    made.forEach(array -> Buffers.releaseOnce(array, kept));
  }
}
