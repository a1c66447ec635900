package org.explain4j.api.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Off-heap memory of intermediate results.
 *
 * <p>Arrays above some 30 MB cost more to allocate than to compute: the system maps their pages
 * anew each time and fills them with zeros. {@link #release} therefore keeps the memory of large
 * arrays, and {@link #uninitialized} takes it up again.
 *
 * <p>A reshape or transpose shares its source's memory without ND4J calling it a view; what is
 * released is therefore told by its address.
 */
public final class Buffers {
  /**
   * Arrays of fewer bytes are left to the system's allocator, which reuses them well: such are the
   * temporaries of single examples at 224x224 (12 MB), which would crowd out whole activations.
   */
  private static final long WORTHWHILE = 16L << 20;

  /** System property: bytes that may be kept for reuse. */
  private static final long LIMIT = Long.getLong("explain4j.reuse.bytes", 1L << 30);

  private static final Deque<DataBuffer> KEPT = new ArrayDeque<>();
  private static long keptBytes;

  private Buffers() {}

  /** A c-ordered array with undefined content. */
  public static INDArray uninitialized(DataType type, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    DataBuffer kept = length * type.width() < WORTHWHILE ? null : take(type, length);
    return kept == null
        ? Nd4j.createUninitialized(type, shape, 'c')
        : Nd4j.create(kept, shape, Nd4j.getStrides(shape, 'c'), 0, 'c', type);
  }

  /** A c-ordered array of another's type with undefined content. */
  public static INDArray uninitialized(INDArray like, long... shape) {
    return uninitialized(like.dataType(), shape);
  }

  /** Gives up an array and everything that shares its memory; none of them may be used again. */
  public static void release(INDArray array) {
    if (array.wasClosed() || !array.closeable()) {
      return;
    }
    DataBuffer buffer = array.data();
    boolean whole = array.offset() == 0 && buffer.length() == array.length();
    if (!whole || bytes(buffer) < WORTHWHILE || !keep(buffer)) {
      array.close();
    }
  }

  /** Releases the array unless one of the same memory is in {@code released}. */
  static void releaseOnce(INDArray array, Set<Long> released) {
    if (!array.wasClosed() && released.add(address(array))) {
      release(array);
    }
  }

  /** Identity of an array's memory. */
  public static long address(INDArray array) {
    return array.data().pointer().address();
  }

  /** Whether two arrays share their memory. */
  public static boolean shared(INDArray a, INDArray b) {
    return a == b || address(a) == address(b);
  }

  private static synchronized DataBuffer take(DataType type, long length) {
    for (Iterator<DataBuffer> kept = KEPT.iterator(); kept.hasNext(); ) {
      DataBuffer buffer = kept.next();
      if (buffer.dataType() == type && buffer.length() == length) {
        kept.remove();
        keptBytes -= bytes(buffer);
        return buffer;
      }
    }
    return null;
  }

  /** Keeps the newest: what has not been taken up for long is of another network. */
  private static synchronized boolean keep(DataBuffer buffer) {
    if (bytes(buffer) > LIMIT) {
      return false;
    }
    KEPT.addFirst(buffer);
    keptBytes += bytes(buffer);
    while (keptBytes > LIMIT) {
      DataBuffer oldest = KEPT.removeLast();
      keptBytes -= bytes(oldest);
      oldest.close();
    }
    return true;
  }

  private static long bytes(DataBuffer buffer) {
    return buffer.length() * buffer.getElementSize();
  }
}
