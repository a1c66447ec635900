package org.explain4j.api;

import java.util.Arrays;
import java.util.Optional;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.compilation.CompiledPropagation;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.Scaled;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bound method that is one forward and one backward pass. Every back-propagating method is one:
 * they differ in the table of rules, the start value, and whether the result is multiplied by the
 * input. If a message exceeds the network's type, the batch is passed once more with a scale per
 * example; this does not affect other examples and batches.
 */
public final class Propagation implements Attributor {
  private final Network network;
  private final Composite composite;
  private final Start start;
  private final boolean timesInput;
  private Optional<CompiledPropagation> compiled; // null until something is attributed

  /**
   * @param composite the rule of every layer
   * @param start the value that is propagated from the logits
   * @param timesInput whether the result is multiplied by the input, less the reference if the
   *     composite has one
   */
  public Propagation(Network network, Composite composite, Start start, boolean timesInput) {
    this.network = network;
    this.composite = composite;
    this.start = start;
    this.timesInput = timesInput;
  }

  /** What it passes through. */
  public Network network() {
    return network;
  }

  /** The rule of every layer. */
  public Composite composite() {
    return composite;
  }

  /** The value that is propagated from the logits. */
  public Start start() {
    return start;
  }

  /** Whether the result is multiplied by the input. */
  public boolean timesInput() {
    return timesInput;
  }

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    return explain(inputs, classes).values();
  }

  @Override
  public Attributions explain(INDArray inputs, int[] classes) {
    return Attributions.inBatches(network, inputs, classes, this::pass);
  }

  private Attributions pass(INDArray inputs, int[] classes) {
    Attributions plain = Attributions.of(values(inputs, classes));
    double[] maxima = Elements.maxima(plain.values());
    return Arrays.stream(maxima).allMatch(Double::isFinite)
        ? plain
        : beyond(plain, maxima, inputs, classes);
  }

  private synchronized Optional<CompiledPropagation> compiled() {
    if (compiled == null) {
      compiled = composite.compiled(network, start == Start.LOGIT);
    }
    return compiled;
  }

  private INDArray values(INDArray inputs, int[] classes) {
    Optional<CompiledPropagation> program = compiled();
    if (program.isPresent()) {
      INDArray message = program.get().run(inputs, classes);
      return timesInput ? times(message, inputs.castTo(message.dataType())) : message;
    }
    try (Activations activations = network.forward(inputs);
        INDArray first = start(activations.logits(), classes, start)) {
      INDArray message = composite.backwardReleasing(network, activations, first);
      return timesInput ? times(message, activations.input()) : message;
    }
  }

  /** The message times what the input differs by from the reference, itself if there is none. */
  private INDArray times(INDArray message, INDArray input) {
    if (composite.reference().isEmpty()) {
      return Elements.product(message, input, message);
    }
    try (INDArray change = input.sub(composite.reference().get().castTo(input.dataType()))) {
      return Elements.product(message, change, message);
    }
  }

  /** Once more with separate scales, for the examples in which something became infinite. */
  private Attributions beyond(
      Attributions plain, double[] plainMaxima, INDArray inputs, int[] classes) {
    try (Activations activations = network.forward(inputs);
        INDArray first = start(activations.logits(), classes, start)) {
      Scaled scaled = composite.backwardScaled(network, activations, first);
      double[] before = Elements.maxima(scaled.values());
      int[] shifts = Arrays.stream(before).mapToInt(m -> -exponent(m)).toArray();
      Scaled unit = scaled.shifted(shifts);
      INDArray values = timesInput ? times(unit.values(), activations.input()) : unit.values();
      double[] maxima = Elements.maxima(values);
      for (int i = 0; i < maxima.length; i++) {
        if (!Double.isFinite(plainMaxima[i])) {
          INDArray example = Attributions.example(values, i);
          plain.magnitudes()[i] = finish(example, maxima[i], unit.exponents()[i]);
          Attributions.example(plain.values(), i).assign(example);
        }
      }
      return plain;
    }
  }

  private static int exponent(double maximum) {
    return maximum > 0 && Double.isFinite(maximum) ? Math.getExponent(maximum) : 0;
  }

  /** Brings an example back into range; log10 of what it was divided by, or NaN. */
  private static double finish(INDArray example, double maximum, int exponent) {
    double largest = example.dataType() == DataType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    if (!(maximum > 0) || !Double.isFinite(maximum)) {
      return Double.NaN; // nothing, or not for want of range
    }
    if (Math.scalb(maximum, exponent) <= largest) { // infinite on the way only
      int half = exponent / 2;
      example.muli(Math.scalb(1.0, half)).muli(Math.scalb(1.0, exponent - half));
      return Double.NaN;
    }
    example.divi(maximum);
    return Math.log10(maximum) + exponent * Math.log10(2);
  }

  /**
   * One-hot at the explained classes, times the start value.
   *
   * @param logits {@code [n,...]}
   * @return {@code [n,classes]}
   */
  public static INDArray start(INDArray logits, int[] classes, Start start) {
    INDArray flat = logits.reshape('c', logits.size(0), -1);
    INDArray first = Nd4j.zeros(logits.dataType(), flat.shape());
    for (int i = 0; i < classes.length; i++) {
      first.putScalar(i, classes[i], start == Start.ONE ? 1 : flat.getDouble(i, classes[i]));
    }
    return first;
  }
}
