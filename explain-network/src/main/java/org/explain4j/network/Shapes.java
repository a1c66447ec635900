package org.explain4j.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shape checks and conversions shared by the layers. */
public final class Shapes {
  private Shapes() {}

  public static <T> T single(List<T> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "This layer has one input, but " + inputs.size() + " were given.");
    }
    return inputs.get(0);
  }

  public static long[] withBatch(long batch, List<Long> shape) {
    long[] full = new long[shape.size() + 1];
    full[0] = batch;
    for (int i = 0; i < shape.size(); i++) {
      full[i + 1] = shape.get(i);
    }
    return full;
  }

  /**
   * One number per channel or neuron, to combine with every example.
   *
   * @param shape of an example, with a batch of 1
   */
  public static INDArray perChannel(INDArray numbers, long... shape) {
    long[] single = new long[shape.length];
    Arrays.fill(single, 1);
    single[1] = numbers.length();
    return numbers.reshape('c', single);
  }

  /** The shape of one example of a batch. */
  public static List<Long> example(INDArray batch) {
    return Arrays.stream(batch.shape()).skip(1).boxed().toList();
  }

  /** Plain loops: a stream takes a tenth of a small network's pass. */
  private static boolean isBatch(INDArray input, List<Long> shape) {
    if (input.rank() != shape.size() + 1) {
      return false;
    }
    for (int i = 0; i < shape.size(); i++) {
      if (input.size(i + 1) != shape.get(i)) {
        return false;
      }
    }
    return true;
  }

  static void requireBatch(INDArray input, List<Long> shape) {
    if (!isBatch(input, shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The network takes batches of %s, but was given %s.",
              shape,
              Arrays.toString(input.shape())));
    }
  }

  public static long size(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  public static void requireImage(String layer, List<Long> shape) {
    if (shape.size() != 3) {
      throw new IllegalArgumentException(
          layer + " takes images [c,h,w], but its input is " + shape + ".");
    }
  }

  public static List<Long> pooled(String layer, List<Long> input, Window window, boolean ceil) {
    requireImage(layer, input);
    List<Long> output = new ArrayList<>(input);
    output.set(1, window.outputHeight(input.get(1), ceil));
    output.set(2, window.outputWidth(input.get(2), ceil));
    return List.copyOf(output);
  }

  /**
   * Of each node's output, by name, and of the network's input.
   *
   * @throws IllegalArgumentException as {@link Network#Network}
   */
  public static Map<String, List<Long>> of(List<Long> inputShape, List<Node> nodes) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put(Network.INPUT, inputShape);
    for (Node node : nodes) {
      for (String source : node.inputs()) {
        if (!shapes.containsKey(source)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Node '%s' reads '%s', which is neither the input nor a node before it.",
                  node.name(),
                  source));
        }
      }
      List<List<Long>> inputs = node.inputs().stream().map(shapes::get).toList();
      List<Long> output;
      try {
        output = node.layer().outputShape(inputs);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("Node '" + node.name() + "': " + e.getMessage(), e);
      }
      if (shapes.put(node.name(), output) != null) {
        throw new IllegalArgumentException("Two nodes are named '" + node.name() + "'.");
      }
    }
    return shapes;
  }
}
