package org.explain4j.network.kernels;

import java.lang.ref.Reference;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.Lease;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a program for each example of a batch, on all threads. */
public final class Examples {
  /** Examples that are handed out together at most, so that threads end at about the same time. */
  private static final int SHARE = 16;

  private Examples() {}

  /**
   * @param externals the program's arrays of the caller's
   * @param arrays for each of them a c-ordered float32 array, an example after the other
   */
  public static void run(Program program, int[] externals, INDArray... arrays) {
    run(program, externals, arrays.length, arrays);
  }

  /**
   * @param batches how many of the arrays hold an example after the other; the rest is shared
   */
  public static void run(Program program, int[] externals, int batches, INDArray... arrays) {
    long count = arrays[0].size(0);
    long[] starts = new long[arrays.length];
    long[] strides = new long[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      starts[i] = HostMemory.address(arrays[i]);
      strides[i] = i < batches ? arrays[i].length() / count * Float.BYTES : 0;
    }
    Workers.Part part =
        (from, to) -> {
          long[] addresses = new long[starts.length];
          try (Lease lease = program.lease()) {
            for (int example = from; example < to; example++) {
              for (int i = 0; i < starts.length; i++) {
                addresses[i] = starts[i] + example * strides[i];
              }
              lease.run(externals, addresses);
            }
          }
        };
    using(() -> Workers.run(count, Workers.ONE_BY_ONE / SHARE, part), arrays);
  }

  /** Does work that knows arrays by their addresses only, and keeps them from being collected. */
  public static void using(Runnable work, INDArray... arrays) {
    try {
      work.run();
    } finally {
      for (INDArray array : arrays) {
        Reference.reachabilityFence(array);
      }
    }
  }
}
