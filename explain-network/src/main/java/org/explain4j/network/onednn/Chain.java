package org.explain4j.network.onednn;

import java.util.List;

/** A program's memory for one thread. */
final class Chain implements AutoCloseable {
  private final Arena arena;
  private final Arrays arrays;
  private final Call[] calls;

  /**
   * Handles by array.
   *
   * @param views those that move with it
   * @param offsets of each in its memory, in bytes
   */
  record Arrays(Arena.Tensor[] tensors, int[][] views, long[] offsets) {}

  Chain(Arena arena, Arrays arrays, List<Call> calls) {
    this.arena = arena;
    this.arrays = arrays;
    this.calls = calls.toArray(Call[]::new);
  }

  /** As {@link Program#run}, the calls from one to another. */
  void run(int[] externals, long[] addresses, int from, int to) {
    for (int i = 0; i < externals.length; i++) {
      for (int view : arrays.views()[externals[i]]) {
        arrays.tensors()[view].at(addresses[i] + arrays.offsets()[view]);
      }
    }
    for (int i = from; i < to; i++) {
      calls[i].run();
    }
  }

  @Override
  public void close() {
    for (Call call : calls) {
      call.close();
    }
    arena.close();
  }
}
