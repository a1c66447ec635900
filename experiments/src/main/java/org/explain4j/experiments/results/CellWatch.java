package org.explain4j.experiments.results;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches the cell that is being worked on. One that takes too long, or memory beyond what the
 * process may have, is told to stop by an interrupt; if it does not, what is finished is written,
 * and whoever can end the process hears of it.
 */
public final class CellWatch implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long INTERVAL = 100; // milliseconds

  private final Deque<Running> running = new ArrayDeque<>(); // a cell may ask for another one's
  private volatile Future<?> looks; // null before the start; never done unless a look failed
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(CellWatch::daemon);
  private Consumer<Stuck> saves = stuck -> {};
  private Consumer<Stuck> ends = stuck -> {};

  /** A cell that was told to stop and goes on. */
  public record Stuck(String stage, String cell, Throwable reason) {}

  /** The time that a cell may take is over. */
  private static final class TimeIsOver extends IllegalStateException {
    private static final long serialVersionUID = 1;

    TimeIsOver(Duration limit) {
      super(
          String.format(
              Locale.ROOT,
              "It took longer than %s s.\nMaybe raise 'cell-timeout', or leave it out.",
              limit.toSeconds()));
    }
  }

  private static final class Running {
    private final String stage;
    private final String cell;
    private final Thread thread = Thread.currentThread();
    private long since = System.nanoTime();
    private long before; // nanoseconds until a cell within it began
    private Throwable stop; // why it was told to stop; null if it was not
    private long stopped;
    private boolean reported;

    Running(String stage, String cell) {
      this.stage = stage;
      this.cell = cell;
    }

    void explain() throws Exception {
      if (stop instanceof Exception exception) {
        throw exception;
      }
      if (stop instanceof Error error) {
        throw error;
      }
    }
  }

  /** Work that fails like a cell's. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "cell watch");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Watches from now on.
   *
   * @param limit for the time that a cell takes, without that of cells within it
   * @param memory asked now and then; gives an error when the process takes more than it may
   */
  public void start(Optional<Duration> limit, Supplier<Optional<OutOfMemoryError>> memory) {
    looks =
        timer.scheduleWithFixedDelay(
            () -> look(limit, isWatched() ? memory.get() : Optional.empty()),
            INTERVAL,
            INTERVAL,
            TimeUnit.MILLISECONDS);
  }

  /** Sets what writes the finished work when a cell does not stop, on a thread of the watch. */
  synchronized void saves(Consumer<Stuck> saver) {
    saves = saver;
  }

  /** Sets what ends the process after that. */
  public synchronized void ends(Consumer<Stuck> ender) {
    ends = ender;
  }

  /** The cell that is being worked on, for people; empty between cells. */
  public synchronized Optional<String> current() {
    return Optional.ofNullable(running.peek()).map(own -> own.stage + ", " + own.cell);
  }

  /**
   * Does a cell's work; why it was told to stop, if it was, is thrown in place of its own error.
   */
  void during(String stage, String cell, Work work) throws Exception {
    if (looks != null && looks.isDone()) {
      looks.get(); // throws what ended the watch
    }
    Running own = begin(new Running(stage, cell));
    try {
      work.run();
    } finally {
      end();
      own.explain(); // in place of what the interrupt led to
    }
  }

  private synchronized Running begin(Running own) {
    if (!running.isEmpty()) {
      running.peek().before += own.since - running.peek().since;
    }
    running.push(own);
    return own;
  }

  private synchronized void end() {
    running.pop();
    if (!running.isEmpty()) {
      running.peek().since = System.nanoTime();
    }
    Thread.interrupted(); // what comes next is not to stop, whoever interrupted this
  }

  /** Whether there is a cell that could be told to stop. */
  private synchronized boolean isWatched() {
    return !running.isEmpty() && running.peek().stop == null;
  }

  private void look(Optional<Duration> limit, Optional<OutOfMemoryError> memory) {
    Optional<Stuck> stuck;
    synchronized (this) {
      Optional<Running> top = Optional.ofNullable(running.peek());
      top.filter(own -> own.stop == null).ifPresent(own -> judge(own, limit, memory));
      stuck = top.filter(CellWatch::isStuck).map(CellWatch::reported);
    }
    stuck.ifPresent(saves.andThen(ends));
  }

  private static void judge(
      Running own, Optional<Duration> limit, Optional<OutOfMemoryError> memory) {
    long now = System.nanoTime();
    boolean late = limit.isPresent() && own.before + now - own.since > limit.get().toNanos();
    if (memory.isPresent() || late) {
      own.stop = memory.isPresent() ? memory.get() : new TimeIsOver(limit.orElseThrow());
      own.stopped = now;
      own.thread.interrupt();
    }
  }

  private static boolean isStuck(Running own) {
    return own.stop != null && !own.reported && System.nanoTime() - own.stopped > GRACE.toNanos();
  }

  private static Stuck reported(Running own) {
    own.reported = true;
    return new Stuck(own.stage, own.cell, own.stop);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
