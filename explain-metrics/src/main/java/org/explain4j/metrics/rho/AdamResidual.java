package org.explain4j.metrics.rho;

import java.util.function.IntConsumer;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
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

  /** Fills a row with one neuron's numbers after the other; for one thread. */
  IntConsumer reader(AdamRow row) {
    boolean linear = negative == positive;
    row.linear = linear;
    Plane above = plane(positive, row.positive);
    Plane below = plane(negative, row.negative);
    Plane scale = plane(inverse, row.inverse);
    return neuron -> {
      above.load(neuron);
      if (!linear) {
        below.load(neuron);
      }
      scale.load(neuron);
    };
  }

  private static Plane plane(INDArray matrix, float[] into) {
    return Planes.reading(matrix, into.length).plane(into);
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
