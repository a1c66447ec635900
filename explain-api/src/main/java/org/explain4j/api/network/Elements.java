package org.explain4j.api.network;

import java.util.function.DoubleBinaryOperator;
import org.explain4j.api.network.Planes.Plane;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Element-wise functions that ND4J would need several passes and temporary arrays for, in one pass
 * over both arrays on all threads.
 */
public final class Elements {
  private Elements() {}

  /**
   * {@code f(a_i, b_i)} for every element.
   *
   * @param a a batch, {@code [n,...]}; left as it is
   * @param b of the same shape and type, or {@code [1,...]} for all examples; left as it is
   * @return a new array of a's shape
   */
  public static INDArray combine(INDArray a, INDArray b, DoubleBinaryOperator f) {
    INDArray result = Buffers.uninitialized(a, a.shape());
    int length = Math.toIntExact(a.length() / a.size(0) / (a.rank() == 4 ? a.size(1) : 1));
    Planes first = Planes.reading(a, length);
    Planes second = Planes.reading(b, length);
    Planes out = Planes.writing(result, length);
    int repeat = second.count();
    out.inParallel(
        (from, to) -> {
          Plane x = first.plane();
          Plane y = second.plane();
          Plane target = out.plane();
          for (int p = from; p < to; p++) {
            target.combined(x.load(p), y.load(p % repeat), f);
            target.store(p);
          }
        });
    return out.written();
  }
}
