package org.explain4j.network.arrays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads that kernels run on, each with a part of the batch. Native operations inside them use
 * one OpenMP thread: two OpenMP threads an operation are as fast on an idle machine, and ten times
 * slower as soon as anything else runs, since they spin while they wait for each other.
 */
public final class Workers {
  /** Below this many elements handing work over costs more than it saves. */
  private static final long WORTHWHILE = 200_000;

  /** Native convolutions slow down on more at a time, whose scratch memory is mapped anew. */
  private static final long PIECE_ELEMENTS = 4_000_000;

  private static volatile Pool pool = Pool.of(Runtime.getRuntime().availableProcessors());

  /** As the size of items that are long enough, and uneven enough, to be handed out singly. */
  public static final long ONE_BY_ONE = PIECE_ELEMENTS;

  /** Set on a calling thread while it works on a part. */
  private static final ThreadLocal<Boolean> HELPING = new ThreadLocal<>();

  private record Pool(int threads, ExecutorService service) {
    /** No threads but the one that calls. */
    static final Pool CALLER = new Pool(1, null);

    /** Its threads start when they are needed. */
    static Pool of(int threads) {
      return new Pool(threads, Executors.newFixedThreadPool(threads, Worker::new));
    }
  }

  private static final class Worker extends Thread {
    Worker(Runnable work) {
      super(
          () -> {
            Natives.one();
            work.run();
          },
          "explain4j-worker");
      setDaemon(true);
    }
  }

  /**
   * ND4J starts with as many threads for each operation as {@code OMP_NUM_THREADS} says, or as
   * there are processors. Parts are summed apart, so the last bits of products and sums would
   * depend on the environment and the machine.
   */
  private static final class Natives {
    private static final NativeOps OPERATIONS = start();

    private static NativeOps start() {
      Nd4j.getBackend(); // its start loads the native operations, and sets their threads
      if (Nd4j.getEnvironment().isCPU()) {
        Nd4j.factory().blas().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
      }
      return NativeOpsHolder.getInstance().getDeviceNativeOps();
    }

    /** Gives the calling thread one OpenMP thread, of which each thread has a number of its own. */
    static void one() {
      if (OPERATIONS.ompGetMaxThreads() > 1) {
        OPERATIONS.setOmpNumThreads(1);
      }
    }
  }

  private Workers() {}

  /**
   * Sets the number of threads of all arithmetic: of these workers, and through {@link #limit()} of
   * whatever else computes, such as the BLAS library. Call it only while nothing is being computed.
   * If it is never called, all processors are used.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public static synchronized void limit(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The threads (%d) must be at least 1.", threads));
    }
    pool.service().shutdown();
    pool = Pool.of(threads);
    Natives.one();
  }

  /** The largest number of threads that compute at once. */
  public static int limit() {
    Natives.one();
    return pool.threads();
  }

  /** How many parts are worth making: one on a device that has parallelism of its own. */
  public static int threads() {
    return Nd4j.getEnvironment().isCPU() ? limit() : 1;
  }

  /** Work on the items from one (inclusive) to another (exclusive). */
  @FunctionalInterface
  public interface Part {
    void run(int from, int to);
  }

  /**
   * Runs over all items, in parts on several threads where that pays. Within a part everything runs
   * on the part's thread. Returns, normally or not, when no part is at work any more: callers free
   * the memory that parts use.
   *
   * @param elements numbers that one item reads or writes
   * @throws CancellationException if the calling thread was interrupted, and stays so
   */
  public static void run(long items, long elements, Part part) {
    Natives.one();
    Pool workers = Nd4j.getEnvironment().isCPU() ? pool : Pool.CALLER; // a GPU has its own
    run(workers, Math.toIntExact(items), elements, part, true);
  }

  /**
   * @param calling whether the calling thread works, too, instead of waiting only: waking another
   *     one takes as long as a small pass. An interrupt would disturb it in reading files.
   */
  private static void run(Pool workers, int count, long elements, Part part, boolean calling) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Interrupted while computing.");
    }
    boolean inside = // and must not wait for others
        Thread.currentThread() instanceof Worker || HELPING.get() != null;
    if (inside || workers.threads() == 1 || count == 1 || count * elements < WORTHWHILE) {
      part.run(0, count);
      return;
    }
    int rounds = rounds(count, elements, workers.threads());
    long shares = Math.min(count, (long) rounds * workers.threads()); // threads end together
    Shared work = new Shared(count, (int) shares, part);
    List<Future<?>> others = new ArrayList<>();
    for (long i = calling ? 1 : 0; i < Math.min(shares, workers.threads()); i++) {
      others.add(workers.service().submit(work));
    }
    if (calling) {
      HELPING.set(true);
      try {
        work.run();
      } finally {
        HELPING.remove();
      }
    }
    join(others);
    work.rethrow();
  }

  /** How many parts each thread gets at least, so that none is larger than it should be. */
  private static int rounds(int count, long elements, int threads) {
    long largest = Math.max(1, PIECE_ELEMENTS / elements) * threads;
    return (int) ((count + largest - 1) / largest);
  }

  /** Runs over items that are long enough to be handed out, whatever their size. */
  public static void forEach(int items, IntConsumer item) {
    run(items, WORTHWHILE, each(item));
  }

  /** Likewise for what a GPU has no part in, such as decoding images. */
  public static void forEachOnProcessors(int items, IntConsumer item) {
    run(pool, items, WORTHWHILE, each(item), false);
  }

  private static Part each(IntConsumer item) {
    return (from, to) -> {
      for (int i = from; i < to; i++) {
        item.accept(i);
      }
    };
  }

  /** Work of which every thread that takes part in it takes the next part when it is done. */
  private static final class Shared implements Runnable {
    private final AtomicInteger taken = new AtomicInteger();
    private final int items;
    private final int parts;
    private final Part part;
    private Throwable failure; // of the first part that failed
    private int failed = Integer.MAX_VALUE;

    Shared(int items, int parts, Part part) {
      this.items = items;
      this.parts = parts;
      this.part = part;
    }

    @Override
    public void run() {
      for (int i = taken.getAndIncrement(); i < parts; i = taken.getAndIncrement()) {
        try {
          part.run((int) ((long) i * items / parts), (int) ((i + 1L) * items / parts));
        } catch (RuntimeException | Error e) {
          note(i, e);
        }
      }
    }

    private synchronized void note(int index, Throwable e) {
      if (index < failed) {
        failed = index;
        failure = e;
      }
    }

    synchronized void rethrow() {
      if (failure instanceof RuntimeException cause) {
        throw cause;
      }
      if (failure instanceof Error cause) {
        throw cause;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Interrupted while computing.");
      }
    }
  }

  /** Waits for all, also if the calling thread is interrupted meanwhile, which it then stays. */
  private static void join(List<Future<?>> others) {
    boolean interrupted = false;
    for (int i = 0; i < others.size(); ) {
      try {
        others.get(i).get();
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e); // parts' failures are noted
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Examples of a c-ordered batch, or rows of a c-ordered matrix, as a view. */
  public static INDArray slice(INDArray batch, int from, int to) {
    if (from == 0 && to == batch.size(0)) {
      return batch;
    }
    INDArrayIndex[] index = new INDArrayIndex[batch.rank()];
    Arrays.fill(index, NDArrayIndex.all());
    index[0] = NDArrayIndex.interval(from, to);
    return batch.get(index);
  }
}
