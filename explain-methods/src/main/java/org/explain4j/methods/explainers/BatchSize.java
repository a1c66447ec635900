package org.explain4j.methods.explainers;

import org.explain4j.api.moments.Batches;
import org.explain4j.api.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  /** The examples from {@code from} to {@code to}: the array itself if that is all of it. */
  static INDArray slice(INDArray examples, long from, long to) {
    return from == 0 && to == examples.size(0) ? examples : Batches.slice(examples, from, to);
  }
}
