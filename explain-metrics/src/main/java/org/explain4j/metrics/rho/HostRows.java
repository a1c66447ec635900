package org.explain4j.metrics.rho;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Host memory of a whole c-ordered float32 matrix, row by row, for any number of threads.
 *
 * @param length of a row
 */
record HostRows(INDArray matrix, FloatBuffer numbers, int length) {

  /** To be read, and written if {@link #written} is called at the end. */
  static HostRows of(INDArray matrix) {
    Nd4j.getAffinityManager().ensureLocation(matrix, AffinityManager.Location.HOST);
    return new HostRows(matrix, matrix.data().asNioFloat(), (int) matrix.size(1));
  }

  void read(int row, float[] into) {
    numbers.get(row * length, into);
  }

  void write(int row, float[] values) {
    numbers.put(row * length, values);
  }

  void written() {
    Nd4j.getAffinityManager().tagLocation(matrix, AffinityManager.Location.HOST);
  }
}
