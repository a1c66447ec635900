package org.explain4j.network;

import java.util.List;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Maps inputs to logits without showing how. A {@link Network} is one; a method or metric that
 * needs only outputs takes a classifier, so it also works for a black box.
 */
public interface Classifier {

  /** Shape of one example, {@code [c,h,w]} or {@code [d]}. */
  List<Long> inputShape();

  /** Number of classes. */
  long classes();

  /**
   * {@code [n,classes]}, before the soft-max; a new array, which the caller closes.
   *
   * @param inputs {@code [n,...]} with the input shape; not changed
   * @throws IllegalArgumentException if the shape differs; the message names both
   */
  INDArray logits(INDArray inputs);

  /** The floating-point type to compute in; results have it. */
  default DataType dataType() {
    return DataType.FLOAT;
  }

  /**
   * How many examples to pass at once: at least 1 and at most {@link Batches#DEFAULT_SIZE}, to keep
   * memory bounded.
   */
  default int batchSize() {
    return Batches.DEFAULT_SIZE;
  }

  /**
   * The most examples that memory allows at once, at least {@link #batchSize}: many variants of an
   * example pass in batches larger than that.
   */
  default int largestBatch() {
    return batchSize();
  }

  /** Soft-max of the logits, {@code [n,classes]}. */
  default INDArray probabilities(INDArray inputs) {
    try (INDArray logits = logits(inputs)) {
      return Transforms.softmax(logits, true);
    }
  }

  /** The class with the largest logit for each example; the first one if several are equal. */
  default int[] predict(INDArray inputs) {
    try (INDArray logits = logits(inputs);
        INDArray classes = logits.argMax(1)) {
      return classes.toIntVector();
    }
  }
}
