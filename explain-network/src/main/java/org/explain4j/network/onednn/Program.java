package org.explain4j.network.onednn;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private boolean preparing;
  private int first;
  private int pause;

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
    return preparing
        ? lasting(layout)
        : add(new Slot(layout, slots.size(), 0, 0, Slot.Kind.PASSING));
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
   * Makes a finished array the caller's, so that it needs no copy. Only for arrays of the chain
   * that primitives alone work on, and not for a part of one.
   *
   * @return the array to name when it is run; -1 if it stays the chain's
   */
  public int handedOut(int array) {
    Slot slot = slots.get(array);
    int base = slot.base();
    boolean whole = slot.layout().bytes() == slots.get(base).layout().bytes();
    boolean moves =
        steps.stream()
            .filter(Step.OfKernel.class::isInstance)
            .flatMapToInt(step -> Arrays.stream(step.arrays()))
            .noneMatch(used -> slots.get(used).base() == base);
    if (slot.kind() != Slot.Kind.PASSING || !whole || !moves) {
      return -1;
    }
    slots.replaceAll(
        other ->
            other.base() == base
                ? new Slot(other.layout(), base, other.offset(), 0, Slot.Kind.EXTERNAL)
                : other);
    return base;
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

  /** Whether an array lies in a chain's own memory, as kernels need it. */
  public boolean isOwn(int array) {
    return slots.get(slots.get(array).base()).own();
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
    steps.add(new Step.OfPrimitive(primitive, codes, arrays));
  }

  /** Appends a kernel; its arrays must be the chain's own. */
  public void step(Kernel kernel, int... arrays) {
    requireIncomplete();
    for (int array : arrays) {
      if (!isOwn(array)) {
        throw new IllegalArgumentException("A kernel works on arrays of the chain.");
      }
    }
    steps.add(new Step.OfKernel(kernel, arrays));
  }

  /**
   * Appends steps that each chain runs once, when it is made: they read constants only, and what
   * they write lasts.
   */
  public void prepare(Runnable steps) {
    preparing = true;
    steps.run();
    preparing = false;
    first = this.steps.size();
  }

  /** Puts a pause behind the steps so far. */
  public void pause() {
    pause = steps.size();
  }

  /**
   * Appends a primitive; what it reads is brought into the layouts that it likes first.
   *
   * @param result the argument that it writes
   * @param pairs arguments that it reads, and their arrays
   * @return what it writes, in memory of its own
   */
  public int result(Primitive primitive, Argument result, Object... pairs) {
    Object[] all = Arrays.copyOf(pairs, pairs.length + 2);
    for (int i = 0; i < pairs.length; i += 2) {
      Argument argument = (Argument) pairs[i];
      if (argument != Argument.BIAS) { // a vector, which has one layout
        all[i + 1] = reordered((Integer) pairs[i + 1], primitive.layout(argument));
      }
    }
    int written = array(primitive.layout(result));
    all[pairs.length] = result;
    all[pairs.length + 1] = written;
    step(primitive, all);
    return written;
  }

  /** Appends a copy of an array's numbers to where another one lies, in its layout. */
  public void copy(int from, int to) {
    step(
        Primitive.reorder(layout(from), layout(to)),
        Argument.SOURCE,
        from,
        Argument.DESTINATION,
        to);
  }

  /** The array in another layout, in memory of its own unless it has it. */
  public int reordered(int array, Layout wanted) {
    if (layout(array).fits(wanted)) {
      return array;
    }
    int copy = array(wanted);
    copy(array, copy);
    return copy;
  }

  /** The array's numbers in memory of their own. */
  public int copied(int array) {
    int copy = array(layout(array));
    copy(array, copy);
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
    if (chain != null) {
      return new Lease(this, chain);
    }
    Lease lease = new Lease(this, Chain.of(slots, steps));
    lease.prepare();
    return lease;
  }

  void giveBack(Chain chain) {
    pool.chains().add(chain);
  }

  int steps() {
    return steps.size();
  }

  /** The first step behind those of the preparation. */
  int first() {
    return first;
  }

  /** The first step behind the pause. */
  int pausedAt() {
    return pause;
  }
}
