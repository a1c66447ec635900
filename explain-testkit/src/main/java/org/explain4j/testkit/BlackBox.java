package org.explain4j.testkit;

import java.util.List;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A classifier that shows nothing but its outputs. */
record BlackBox(Classifier inside) implements Classifier {

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
}
