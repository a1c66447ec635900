package org.explain4j.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A classifier that shows nothing but its outputs.
 *
 * @param passed counts the examples that have passed
 */
record BlackBox(Classifier inside, AtomicLong passed) implements Classifier {

  BlackBox(Classifier inside) {
    this(inside, new AtomicLong());
  }

  /** How many examples have passed. */
  long examples() {
    return passed.get();
  }

  @Override
  public List<Long> inputShape() {
    return inside.inputShape();
  }

  @Override
  public long classes() {
    return inside.classes();
  }

  @Override
  public INDArray logits(INDArray inputs) {
    passed.addAndGet(inputs.size(0));
    return inside.logits(inputs);
  }

  @Override
  public DataType dataType() {
    return inside.dataType();
  }

  @Override
  public int batchSize() {
    return inside.batchSize();
  }

  @Override
  public int largestBatch() {
    return inside.largestBatch();
  }
}
