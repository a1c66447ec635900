package org.explain4j.api.network;

import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Closing of arrays whose buffers may be shared by views: a reshape or transpose shares its
 * source's off-heap memory without ND4J calling it a view.
 */
public final class Buffers {
  private Buffers() {}

  /** Identity of an array's memory. */
  public static long address(INDArray array) {
    return array.data().pointer().address();
  }

  /** Whether two arrays share their memory. */
  public static boolean shared(INDArray a, INDArray b) {
    return a == b || address(a) == address(b);
  }

  /** Frees the array's memory unless an array of the same memory is in {@code closed}. */
  public static void closeOnce(INDArray array, Set<Long> closed) {
    if (!array.wasClosed() && closed.add(address(array)) && array.closeable()) {
      array.close();
    }
  }
}
