package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.propagation.Composite;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Native code under stress: several threads share networks and compile others, in batches of all
 * sizes, while programs that nobody needs any more are freed. A mistake ends the process or shows
 * in the bits.
 */
class CompiledStressTest {
  private static final int NETWORKS = 6;
  private static final int THREADS = 4;
  private static final int ROUNDS = 12;

  /** What one network computes of its examples. */
  private record Case(long seed, Network network, INDArray inputs, float[] logits, float[] down) {
    static Case of(long seed) {
      Network network = RandomNetwork.of(seed);
      long[] shape = Shapes.withBatch(9, network.inputShape());
      INDArray inputs = RandomNetwork.normal(new SplittableRandom(seed), 1, shape);
      return new Case(
          seed,
          network,
          inputs,
          numbers(network.logits(inputs)),
          gradient(network, inputs, shape[0]));
    }

    /** Of some examples, by this network or by a new one of the same layers. */
    void repeat(SplittableRandom random) {
      Network same = random.nextBoolean() ? network : RandomNetwork.of(seed);
      int count = random.nextInt(1, 10);
      INDArray some = Batches.slice(inputs, 0, count);
      requireStart(numbers(same.logits(some)), logits);
      if (down.length > 0) {
        requireStart(gradient(same, some, count), down);
      }
    }
  }

  private static float[] numbers(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** Empty where a layer cannot be compiled. */
  private static float[] gradient(Network network, INDArray inputs, long count) {
    int[] classes = IntStream.range(0, (int) count).map(i -> i % 5).toArray();
    return Composite.gradient()
        .compiled(network, false)
        .map(compiled -> numbers(compiled.run(inputs, classes)))
        .orElseGet(() -> new float[0]);
  }

  private static void requireStart(float[] found, float[] whole) {
    assertThat(found).isEqualTo(Arrays.copyOf(whole, found.length));
  }

  @Test
  void threadsSizesAndFreedProgramsDoNotDisturbEachOther() throws Exception {
    List<Case> cases = new ArrayList<>();
    for (long seed = 1; seed <= NETWORKS; seed++) {
      cases.add(Case.of(seed));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int thread = 1; thread <= THREADS; thread++) {
        SplittableRandom random = new SplittableRandom(thread);
        work.add(threads.submit(() -> repeat(cases, random)));
      }
      for (Future<?> part : work) {
        part.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void repeat(List<Case> cases, SplittableRandom random) {
    for (int round = 0; round < ROUNDS; round++) {
      cases.get(random.nextInt(cases.size())).repeat(random);
      if (round % 5 == 0) {
        System.gc(); // frees the programs of networks that are gone
      }
    }
  }
}
