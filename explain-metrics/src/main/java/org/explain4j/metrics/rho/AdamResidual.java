package org.explain4j.metrics.rho;

import org.explain4j.network.arrays.Planes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What ADAM's steps need of an estimator, {@code [k,d]} each and float32.
 *
 * @param positive a+
 * @param negative a-; the same array if they do not differ
 * @param inverse 1 / sd of the residual on split B
 */
record AdamResidual(INDArray positive, INDArray negative, INDArray inverse)
    implements AutoCloseable {

  static AdamResidual of(ResidualStatistics statistics) {
    INDArray positive = statistics.positive().castTo(DataType.FLOAT);
    boolean linear = statistics.positive() == statistics.negative();
    INDArray negative = linear ? positive : statistics.negative().castTo(DataType.FLOAT);
    try (INDArray deviations = statistics.deviations()) {
      return new AdamResidual(positive, negative, deviations.rdivi(1).castTo(DataType.FLOAT));
    }
  }

  void read(int neuron, AdamRow row) {
    read(positive, neuron, row.positive);
    row.linear = negative == positive;
    if (!row.linear) {
      read(negative, neuron, row.negative);
    }
    read(inverse, neuron, row.inverse);
  }

  private static void read(INDArray matrix, int neuron, float[] into) {
    Planes.reading(matrix, into.length).plane(into).load(neuron);
  }

  @Override
  public void close() {
    positive.close();
    if (negative != positive) {
      negative.close();
    }
    inverse.close();
  }
}
