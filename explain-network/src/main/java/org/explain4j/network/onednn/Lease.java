package org.explain4j.network.onednn;

/**
 * A chain on loan, for one thread at a time. It runs in two parts where the program has a pause:
 * what the first one left lies there for the second.
 */
public final class Lease implements AutoCloseable {
  private final Program program;
  private final Chain chain;

  Lease(Program program, Chain chain) {
    this.program = program;
    this.chain = chain;
  }

  /** As {@link Program#run}. */
  public void run(int[] externals, long[] addresses) {
    run(externals, addresses, program.first(), program.steps());
  }

  /** The steps that a chain runs only once. */
  void prepare() {
    run(new int[0], new long[0], 0, program.first());
  }

  /** The steps before the pause. */
  public void start(int[] externals, long[] addresses) {
    run(externals, addresses, program.first(), program.pausedAt());
  }

  /** The steps behind the pause. */
  public void finish(int[] externals, long[] addresses) {
    run(externals, addresses, program.pausedAt(), program.steps());
  }

  private void run(int[] externals, long[] addresses, int from, int to) {
    int threads = OneDnn.oneThread();
    try {
      chain.run(externals, addresses, from, to);
    } finally {
      OneDnn.threads(threads);
    }
  }

  @Override
  public void close() {
    program.giveBack(chain);
  }
}
