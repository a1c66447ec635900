package org.explain4j.network.propagation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
  private final Site site;
  private final INDArray message;
  private final List<INDArray> made;
  private final Set<Long> kept;

  /**
   * @param layers the site's layer, or of a dense one maybe only some neurons
   */
  ArrayArithmetic(ChangedLayers layers, Site site, INDArray message) {
    this(layers, site, message, new ArrayList<>(), new HashSet<>());
    keep(message);
  }

  private ArrayArithmetic(
      ChangedLayers layers, Site site, INDArray message, List<INDArray> made, Set<Long> kept) {
    this.layers = layers;
    this.site = site;
    this.message = message;
    this.made = made;
    this.kept = kept;
    site.inputs().forEach(this::keep);
    keep(site.output());
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
    return site.inputs();
  }

  @Override
  public long[] inputShape() {
    return ofOne(input());
  }

  @Override
  public long[] outputShape() {
    return ofOne(output());
  }

  private static long[] ofOne(INDArray batch) {
    long[] shape = batch.shape().clone();
    shape[0] = 1;
    return shape;
  }

  @Override
  public INDArray output() {
    return site.output();
  }

  @Override
  public INDArray message() {
    return message;
  }

  /** What it makes is freed with the rest. */
  @Override
  public Arithmetic<INDArray> reference() {
    return new ArrayArithmetic(layers, site.reference(), message, made, kept);
  }

  @Override
  public List<INDArray> gradient(INDArray arrived) {
    List<INDArray> down = layer().backward(inputs(), output(), arrived);
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
            ? Elements.gate(arrived, output())
            : Elements.combine(arrived, output(), (r, z) -> z < 0 ? r : 0));
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
