package org.explain4j.network.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void everyItemIsDoneOnce() {
    AtomicInteger sum = new AtomicInteger();
    Workers.forEach(100, sum::addAndGet);
    assertThat(sum).hasValue(99 * 100 / 2);
  }

  @Test
  void theLimitIsTheNumberOfThreadsThatWork() {
    int before = Workers.limit();
    try {
      for (int threads : new int[] {1, 3}) {
        Workers.limit(threads);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(threads);
        Workers.forEach(
            threads,
            i -> {
              workers.add(Thread.currentThread());
              all.countDown();
              await(all);
            });
        assertThat(workers).hasSize(threads);
        assertThat(Workers.limit()).isEqualTo(threads);
      }
    } finally {
      Workers.limit(before);
    }
    assertThatThrownBy(() -> Workers.limit(0)).hasMessageContaining("threads (0)");
  }

  @Test
  void afterAFailureNoPartIsAtWork() {
    AtomicInteger atWork = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Workers.run(
                    64,
                    Workers.ONE_BY_ONE,
                    (from, to) -> {
                      atWork.incrementAndGet();
                      try {
                        if (from == 0) {
                          throw new IllegalArgumentException("the first");
                        }
                        pause();
                      } finally {
                        atWork.decrementAndGet();
                      }
                    }))
        .hasMessage("the first");
    assertThat(atWork).hasValue(0);
  }

  @Test
  void anInterruptedCallerWaitsForPartsAndStopsBeforeTheNext() throws InterruptedException {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor: no other thread");
    AtomicInteger done = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger doneAtStop = new AtomicInteger(-1);
    Thread caller =
        new Thread(
            () -> {
              assertThatThrownBy(
                      () ->
                          Workers.run(
                              8,
                              Workers.ONE_BY_ONE,
                              (from, to) -> {
                                started.countDown();
                                await(interrupted);
                                done.incrementAndGet();
                              }))
                  .isInstanceOf(CancellationException.class);
              doneAtStop.set(done.get());
              assertThatThrownBy(() -> Workers.forEach(8, i -> done.incrementAndGet()))
                  .isInstanceOf(CancellationException.class);
            });
    caller.start();
    await(started);
    caller.interrupt();
    interrupted.countDown();
    caller.join();
    assertThat(doneAtStop).hasValue(8);
    assertThat(done).hasValue(8);
  }

  /** As computing does: it does not notice an interrupt, which stays. */
  private static void await(CountDownLatch latch) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (latch.getCount() > 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
