package org.explain4j.methods.explainers;

import java.util.Arrays;
import org.explain4j.api.Attributor;
import org.explain4j.api.moments.Batches;
import org.explain4j.api.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How many examples go through a network at once, so that memory does not grow with the data. */
final class BatchSize {
  /** Bytes that the activations of one batch may take. */
  private static final long ACTIVATIONS = 1L << 30;

  private BatchSize() {}

  /** At most {@link Batches#DEFAULT_SIZE}, fewer where the activations are large, at least 1. */
  static int of(Network network) {
    long numbers =
        network.shapes().values().stream()
            .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
            .sum();
    long bytes = numbers * network.dataType().width();
    return (int) Math.max(1, Math.min(Batches.DEFAULT_SIZE, ACTIVATIONS / bytes));
  }

  /** Explains a batch at a time with an attributor that takes what one batch needs. */
  static INDArray attribute(
      Network network, INDArray inputs, int[] classes, Attributor attributor) {
    Classes.check(network, inputs, classes);
    int size = of(network);
    if (classes.length <= size) {
      return attributor.attribute(inputs, classes);
    }
    INDArray result = Nd4j.createUninitialized(network.dataType(), inputs.shape(), 'c');
    for (int from = 0; from < classes.length; from += size) {
      int to = Math.min(classes.length, from + size);
      try (INDArray batch = Batches.slice(inputs, from, to);
          INDArray part = attributor.attribute(batch, Arrays.copyOfRange(classes, from, to))) {
        result.get(NDArrayIndex.interval(from, to)).assign(part);
      }
    }
    return result;
  }
}
