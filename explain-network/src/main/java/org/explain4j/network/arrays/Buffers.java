package org.explain4j.network.arrays;

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
 * <p>Arrays above some hundred kilobytes cost as much to allocate as to compute, and above some 30
 * MB more: the system maps their pages anew each time and fills them with zeros. {@link #release}
 * therefore keeps their memory, and {@link #uninitialized} takes it up again.
 *
 * <p>A reshape or transpose shares its source's memory without ND4J calling it a view; what is
 * released is therefore told by its address.
 */
public final class Buffers {
  /** Arrays of fewer bytes are left to the system's allocator, which has them at hand. */
  private static final long WORTHWHILE = 256L << 10;

  /** Whole activations of large networks; below it the temporaries of single examples (12 MB). */
  private static final long LARGE = 16L << 20;

  /** System property: bytes of large arrays that may be kept for reuse; of small ones an eighth. */
  private static final long LIMIT = Long.getLong("explain4j.reuse.bytes", 1L << 30);

  /** Apart, since the many small ones would crowd out the large ones. */
  private static final Kept KEPT_LARGE = new Kept(LIMIT);

  private static final Kept KEPT_SMALL = new Kept(LIMIT / 8);

  private Buffers() {}

  /** A c-ordered array with undefined content. */
  public static INDArray uninitialized(DataType type, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    long bytes = length * type.width();
    DataBuffer kept = bytes < WORTHWHILE ? null : kept(bytes).take(type, length);
    return kept == null
        ? Nd4j.createUninitialized(type, shape, 'c')
        : Nd4j.create(kept, shape, Nd4j.getStrides(shape, 'c'), 0, 'c', type);
  }

  /** A c-ordered array of another's type with undefined content. */
  public static INDArray uninitialized(INDArray like, long... shape) {
    return uninitialized(like.dataType(), shape);
  }

  /**
   * Gives up an array and everything that shares its memory; none of them may be used again.
   *
   * @throws IllegalStateException if its memory waits to be taken up already: two would use it
   */
  public static void release(INDArray array) {
    if (array.wasClosed() || !array.closeable()) {
      return;
    }
    DataBuffer buffer = array.data();
    boolean whole = array.offset() == 0 && buffer.length() == array.length();
    long bytes = bytesOf(buffer);
    if (!whole || bytes < WORTHWHILE || !kept(bytes).keep(buffer)) {
      array.close();
    }
  }

  /** Releases the array unless one of the same memory is in {@code released}. */
  public static void releaseOnce(INDArray array, Set<Long> released) {
    if (!array.wasClosed() && released.add(address(array))) {
      release(array);
    }
  }

  /** Identity of an array's memory. */
  public static long address(INDArray array) {
    return HostMemory.identity(array.data());
  }

  /** Whether two arrays share their memory. */
  public static boolean shared(INDArray a, INDArray b) {
    return a == b || address(a) == address(b);
  }

  private static Kept kept(long bytes) {
    return bytes < LARGE ? KEPT_SMALL : KEPT_LARGE;
  }

  private static long bytesOf(DataBuffer buffer) {
    return buffer.length() * buffer.getElementSize();
  }

  /** Memory that waits to be taken up again, the newest first. */
  private static final class Kept {
    private final Deque<DataBuffer> buffers = new ArrayDeque<>();
    private final long limit;
    private long bytes;

    Kept(long limit) {
      this.limit = limit;
    }

    synchronized DataBuffer take(DataType type, long length) {
      for (Iterator<DataBuffer> waiting = buffers.iterator(); waiting.hasNext(); ) {
        DataBuffer buffer = waiting.next();
        if (buffer.dataType() == type && buffer.length() == length) {
          waiting.remove();
          bytes -= bytesOf(buffer);
          return buffer;
        }
      }
      return null;
    }

    /** Gives up the oldest for it: what has not been taken up for long is of another network. */
    synchronized boolean keep(DataBuffer buffer) {
      if (bytesOf(buffer) > limit) {
        return false;
      }
      long address = HostMemory.identity(buffer);
      if (buffers.stream().anyMatch(waiting -> HostMemory.identity(waiting) == address)) {
        throw new IllegalStateException("An array was released twice.");
      }
      buffers.addFirst(buffer);
      bytes += bytesOf(buffer);
      while (bytes > limit) {
        DataBuffer oldest = buffers.removeLast();
        bytes -= bytesOf(oldest);
        oldest.close();
      }
      return true;
    }
  }
}
