package org.explain4j.network.moments;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Cuts what is added into batches of one size, whatever the sizes it comes in, so that sums over
 * batches have the same bits.
 */
final class EvenBatches {
  private final int size;
  private final List<INDArray> waiting = new ArrayList<>();
  private int count; // of examples that wait

  EvenBatches(int size) {
    this.size = size;
  }

  /**
   * Adds examples.
   *
   * @param batch {@code [n,...]}; stays the caller's
   * @param consumer takes each whole batch, which is closed afterwards unless it is the caller's
   */
  void add(INDArray batch, Consumer<INDArray> consumer) {
    int n = Math.toIntExact(batch.size(0));
    if (count == 0 && n == size) {
      consumer.accept(batch);
      return;
    }
    for (int from = 0; from < n; ) {
      int to = Math.min(n, from + size - count);
      waiting.add(Batches.slice(batch, from, to));
      count += to - from;
      from = to;
      if (count == size) {
        finish(consumer);
      }
    }
  }

  /** Hands over the examples that wait, if any. */
  void finish(Consumer<INDArray> consumer) {
    if (count == 0) {
      return;
    }
    INDArray all = waiting.get(0);
    if (waiting.size() > 1) {
      all = Nd4j.concat(0, waiting.toArray(INDArray[]::new));
      waiting.forEach(INDArray::close);
    }
    waiting.clear();
    count = 0;
    try (INDArray batch = all) {
      consumer.accept(batch);
    }
  }

  /** Forgets the examples that wait. */
  void clear() {
    waiting.forEach(INDArray::close);
    waiting.clear();
    count = 0;
  }
}
