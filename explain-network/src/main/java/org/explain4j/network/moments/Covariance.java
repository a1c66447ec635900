package org.explain4j.network.moments;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sigma from E[xx'], row by row: a temporary would be as large as Sigma. */
final class Covariance {
  private Covariance() {}

  /**
   * @param products E[xx'], which becomes Sigma
   */
  static INDArray inPlace(INDArray products, INDArray mean) {
    for (long i = 0; i < mean.length(); i++) {
      try (INDArray part = mean.mul(mean.getDouble(i))) {
        products.getRow(i).subi(part);
      }
    }
    return products;
  }

  /** A copy in float32 from the sum of xx' over so many samples. */
  static INDArray rough(INDArray sum, long count, INDArray mean) {
    INDArray rough = Nd4j.createUninitialized(DataType.FLOAT, sum.shape(), 'c');
    for (long i = 0; i < mean.length(); i++) {
      try (INDArray part = mean.mul(mean.getDouble(i));
          INDArray row = sum.getRow(i).div(count)) {
        rough.getRow(i).assign(row.subi(part));
      }
    }
    return rough;
  }
}
