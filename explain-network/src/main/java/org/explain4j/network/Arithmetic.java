package org.explain4j.network;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link BackwardStep} computes with at one node: arrays of ND4J's for a batch, or those of
 * a program in the making. No operation changes its arguments.
 *
 * @param <V> an array, one example after the other
 */
public interface Arithmetic<V> extends LayerChanges {

  /** The node's name. */
  String name();

  /** The layer; of a dense one maybe only some neurons, whose messages are then added up. */
  Layer layer();

  /** What the layer was given. */
  List<V> inputs();

  /** The input of a layer that has only one. */
  default V input() {
    return inputs().get(0);
  }

  /** Shape of the first input for one example, with a batch of 1. */
  long[] inputShape();

  /** Shape of the output for one example, with a batch of 1. */
  long[] outputShape();

  /**
   * What the layer returned, the pre-activation if it is linear. Where the message is 0 wherever a
   * rectifier behind it returned 0, the rectifier's output may stand for it.
   */
  V output();

  /** What arrived at the output. */
  V message();

  /**
   * The same node in the pass of a reference, with the same message: its inputs, its output and its
   * gradient there.
   *
   * @throws IllegalStateException if the pass has no reference
   */
  Arithmetic<V> reference();

  /** The layer's vector-Jacobian product; one array per input. */
  List<V> gradient(V message);

  /** A layer with the shapes of this linear one, {@code Vx + b}. */
  V forward(LinearLayer layer, V x);

  /** {@code V'message}. */
  V transpose(LinearLayer layer, V message);

  /** {@code Vx + b} of each layer. */
  default List<V> forward(List<LinearLayer> layers, V x) {
    return layers.stream().map(layer -> forward(layer, x)).toList();
  }

  /** The sum of {@code V'message}, each layer's with its message; the same list as forward. */
  default V transpose(List<LinearLayer> layers, List<V> messages) {
    return IntStream.range(0, layers.size())
        .mapToObj(i -> transpose(layers.get(i), messages.get(i)))
        .reduce(this::sum)
        .orElseThrow();
  }

  /**
   * Numbers {@code [1,...]} that are the same for every example, made once.
   *
   * @param name that tells the step's constants apart
   */
  V constant(String name, Supplier<INDArray> numbers);

  /** Likewise one number per channel or neuron of the output. */
  default V perChannel(String name, Supplier<INDArray> numbers) {
    return constant(name, () -> Shapes.perChannel(numbers.get(), outputShape()));
  }

  /** {@code a * b}; b may be a constant of which some sizes are 1. */
  V product(V a, V b);

  /** {@code a + b}. */
  V sum(V a, V b);

  /** {@code a - b}; b may be a constant of which some sizes are 1. */
  V difference(V a, V b);

  /**
   * {@code factor * message / (z + sign(z) epsilon)} with sign(0) = 1; 0 where that divides by 0.
   *
   * @param z of the message's shape; maybe a constant
   */
  V quotient(V message, V z, double epsilon, double factor);

  /** {@code numerator / change}, or the alternative where the change is below epsilon in size. */
  V slope(V numerator, V change, double epsilon, V alternative);

  /** max(x, 0); NaN stays. */
  V positive(V x);

  /** min(x, 0); NaN stays. */
  V negative(V x);

  /** The message where the layer's output is positive, or where it is negative; else 0. */
  V where(boolean positive, V message);

  /** False if it is known that no number of the layer's input is below 0. */
  boolean hasNegativeInput();

  /** False if it is known that all numbers are 0. */
  boolean mayBeNonZero(V x);
}
