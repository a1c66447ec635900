package org.explain4j.network.onednn;

import java.lang.ref.Cleaner;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.explain4j.network.onednn.Primitive.Argument;

/**
 * Primitives in a fixed order on arrays of fixed layouts, made once and run for one example at a
 * time. Arrays are numbered; constants (weights) are shared by all threads, the others belong to a
 * {@link Chain}, of which each thread at work has one. Arrays whose lives do not overlap share
 * memory.
 */
public final class Program {
  private static final Cleaner CLEANER = Cleaner.create();

  private final List<Slot> slots = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Arena constants = new Arena();
  private final Pool pool = new Pool(constants);
  private final List<Object> kept = new ArrayList<>();
  private volatile boolean complete;
  private int pause;

  /** A primitive, or a kernel in its place, and its arrays. */
  private record Step(Primitive primitive, Kernel kernel, int[] codes, int[] arrays) {
    long scratchBytes() {
      return primitive == null ? 0 : primitive.scratchBytes();
    }
  }

  /** What is freed with the program; it may not refer to it. */
  private record Pool(Arena constants, ConcurrentLinkedQueue<Chain> chains) implements Runnable {
    Pool(Arena constants) {
      this(constants, new ConcurrentLinkedQueue<>());
    }

    @Override
    public void run() {
      chains.forEach(Chain::close);
      constants.close();
    }
  }

  public Program() {
    CLEANER.register(this, pool);
  }

  /** An array of each chain. */
  public int array(Layout layout) {
    return add(new Slot(layout, slots.size(), 0, 0, Slot.Kind.PASSING));
  }

  /** An array of each chain that keeps its place: zero where no step writes. */
  public int lasting(Layout layout) {
    return add(new Slot(layout, slots.size(), 0, 0, Slot.Kind.LASTING));
  }

  /** An array of the caller's. */
  public int external(Layout layout) {
    return add(new Slot(layout, slots.size(), 0, 0, Slot.Kind.EXTERNAL));
  }

  /** The memory of another array, seen in another way, from a byte of it on. */
  public int view(int array, Layout layout, long offset) {
    Slot of = slots.get(array);
    return add(new Slot(layout, of.base(), of.offset() + offset, of.address(), of.kind()));
  }

  /**
   * Moves an array into another's memory, from a byte of it on, so that what is written there needs
   * no copy. Only for arrays of the chain that have memory of their own.
   *
   * @return whether it was moved
   */
  public boolean moved(int array, int into, long offset) {
    Slot slot = slots.get(array);
    boolean shared =
        slots.stream().filter(other -> other.base() == array).count() > 1 || slot.base() != array;
    if (shared || slot.kind() != Slot.Kind.PASSING) {
      return false;
    }
    slots.set(array, new Slot(slot.layout(), into, offset, 0, slots.get(into).kind()));
    return true;
  }

  /**
   * An array that all chains read.
   *
   * @param address of plain numbers, which are copied if another layout is wanted; else the caller
   *     keeps them as long as the program
   */
  public int constant(Layout plain, long address, Layout wanted) {
    if (plain.fits(wanted)) {
      return add(new Slot(wanted, slots.size(), 0, address, Slot.Kind.CONSTANT));
    }
    long copy = constants.allocate(wanted.bytes());
    try (Arena passing = new Arena()) {
      Primitive reorder = Primitive.reorder(plain, wanted);
      PrimitiveCall call =
          new PrimitiveCall(
              reorder,
              new int[] {Argument.SOURCE.code, Argument.DESTINATION.code},
              List.of(passing.tensor(plain, address), passing.tensor(wanted, copy)),
              passing,
              passing.allocate(reorder.scratchBytes()));
      int threads = OneDnn.oneThread();
      call.run();
      OneDnn.threads(threads);
      call.close();
    }
    return add(new Slot(wanted, slots.size(), 0, copy, Slot.Kind.CONSTANT));
  }

  private int add(Slot slot) {
    requireIncomplete();
    slots.add(slot);
    return slots.size() - 1;
  }

  /** Chains are made of what is there when the first one is lent. */
  private void requireIncomplete() {
    if (complete) {
      throw new IllegalStateException("A program that has run takes no more arrays or steps.");
    }
  }

  public Layout layout(int array) {
    return slots.get(array).layout();
  }

  /** Keeps what owns the memory of constants from being collected. */
  public void keep(List<?> owners) {
    kept.addAll(owners);
  }

  /** Appends a primitive; arguments and arrays in pairs. */
  public void step(Primitive primitive, Object... pairs) {
    requireIncomplete();
    int[] codes = new int[pairs.length / 2];
    int[] arrays = new int[codes.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = ((Argument) pairs[2 * i]).code;
      arrays[i] = (Integer) pairs[2 * i + 1];
    }
    steps.add(new Step(primitive, null, codes, arrays));
  }

  /** Appends a kernel; its arrays must be the chain's own. */
  public void step(Kernel kernel, int... arrays) {
    requireIncomplete();
    for (int array : arrays) {
      if (!slots.get(slots.get(array).base()).own()) {
        throw new IllegalArgumentException("A kernel works on arrays of the chain.");
      }
    }
    steps.add(new Step(null, kernel, new int[0], arrays));
  }

  /** Puts a pause behind the steps so far. */
  public void pause() {
    pause = steps.size();
  }

  /** The array in another layout, in memory of its own unless it has it. */
  public int reordered(int array, Layout wanted) {
    if (layout(array).fits(wanted)) {
      return array;
    }
    int copy = array(wanted);
    step(
        Primitive.reorder(layout(array), wanted),
        Argument.SOURCE,
        array,
        Argument.DESTINATION,
        copy);
    return copy;
  }

  /** The array's numbers in memory of their own. */
  public int copied(int array) {
    int copy = array(layout(array));
    step(
        Primitive.reorder(layout(array), layout(array)),
        Argument.SOURCE,
        array,
        Argument.DESTINATION,
        copy);
    return copy;
  }

  /**
   * Runs for one example on the calling thread.
   *
   * @param externals arrays of the caller's
   * @param addresses of their memory, in the same order
   */
  public void run(int[] externals, long[] addresses) {
    try (Lease lease = lease()) {
      lease.run(externals, addresses);
    }
  }

  /** A chain for several runs on the calling thread. */
  public Lease lease() {
    complete = true;
    Chain chain = pool.chains().poll();
    return new Lease(this, chain == null ? chain() : chain);
  }

  void giveBack(Chain chain) {
    pool.chains().add(chain);
  }

  int steps() {
    return steps.size();
  }

  /** The first step behind the pause. */
  int pausedAt() {
    return pause;
  }

  private Chain chain() {
    Arena arena = new Arena();
    Placement placement = Placement.of(slots, steps.stream().map(Step::arrays).toList());
    long scratch = 0;
    for (Step step : steps) {
      scratch = Math.max(scratch, step.scratchBytes());
    }
    long memory = arena.allocate(placement.bytes());
    long scratchMemory = arena.allocate(scratch);
    long[] places = new long[slots.size()];
    Arena.Tensor[] tensors = new Arena.Tensor[slots.size()];
    for (int i = 0; i < tensors.length; i++) {
      Slot slot = slots.get(i);
      places[i] = memory + placement.offsets()[slot.base()] + slot.offset();
      if (!slot.own()) {
        places[i] = slot.kind() == Slot.Kind.EXTERNAL ? 0 : slot.address() + slot.offset();
      }
      tensors[i] = arena.tensor(slot.layout(), places[i]);
    }
    List<Call> calls = new ArrayList<>();
    for (Step step : steps) {
      calls.add(
          step.kernel() == null
              ? call(step, tensors, arena, scratchMemory)
              : call(step, places, arena));
    }
    long[] offsets = slots.stream().mapToLong(Slot::offset).toArray();
    return new Chain(arena, new Chain.Arrays(tensors, views(), offsets), calls);
  }

  private static Call call(Step step, Arena.Tensor[] tensors, Arena arena, long scratch) {
    List<Arena.Tensor> arguments =
        Arrays.stream(step.arrays()).mapToObj(array -> tensors[array]).toList();
    return new PrimitiveCall(step.primitive(), step.codes(), arguments, arena, scratch);
  }

  private Call call(Step step, long[] places, Arena arena) {
    List<FloatBuffer> arrays =
        Arrays.stream(step.arrays())
            .mapToObj(a -> Arena.numbers(places[a], layout(a).bytes() / Float.BYTES))
            .toList();
    return new KernelCall(step.kernel().on(arrays), arena);
  }

  /**
   * A kernel on a chain's memory.
   *
   * @param memory that its arrays lie in
   */
  private record KernelCall(Runnable kernel, Arena memory) implements Call {
    @Override
    public void run() {
      kernel.run();
    }

    @Override
    public void close() {}
  }

  /** For each array the others that lie in its memory and move with it: those of the caller's. */
  private int[][] views() {
    int[][] views = new int[slots.size()][];
    for (int i = 0; i < views.length; i++) {
      int array = i;
      views[i] =
          IntStream.range(0, slots.size())
              .filter(other -> slots.get(other).base() == array)
              .filter(other -> slots.get(other).kind() == Slot.Kind.EXTERNAL)
              .toArray();
    }
    return views;
  }
}
