package org.explain4j.network.onednn;

import java.util.ArrayList;
import java.util.List;

/** A program's memory for one thread. */
final class Chain implements AutoCloseable {
  private final ChainMemory memory;
  private final Call[] calls;
  private final int[][] views; // for each array of the caller's those that move with it
  private final long[] offsets; // of each in its memory, in bytes

  private Chain(ChainMemory memory, List<Step> steps) {
    this.memory = memory;
    calls = steps.stream().map(step -> step.in(memory)).toArray(Call[]::new);
    views = views(memory.slots());
    offsets = memory.slots().stream().mapToLong(Slot::offset).toArray();
  }

  static Chain of(List<Slot> slots, List<Step> steps) {
    return new Chain(ChainMemory.of(slots, steps), steps);
  }

  private static int[][] views(List<Slot> slots) {
    List<List<Integer>> views = new ArrayList<>();
    slots.forEach(slot -> views.add(new ArrayList<>()));
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).kind() == Slot.Kind.EXTERNAL) {
        views.get(slots.get(i).base()).add(i);
      }
    }
    return views.stream()
        .map(own -> own.stream().mapToInt(view -> view).toArray())
        .toArray(int[][]::new);
  }

  /** As {@link Program#run}, the calls from one to another. */
  void run(int[] externals, long[] addresses, int from, int to) {
    for (int i = 0; i < externals.length; i++) {
      for (int view : views[externals[i]]) {
        memory.tensors()[view].at(addresses[i] + offsets[view]);
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
    memory.arena().close();
  }
}
