package org.explain4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.moments.PatchSampling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the moments of a network's layers cost in forward passes over the same images.
 *
 * <pre>MomentCosts small|vgg16 BATCH ROUNDS [BATCHES [WIDEST]]</pre>
 *
 * Prints the seconds, the CPU seconds of all threads, both as multiples of the forward pass, and
 * the peak memory of the process so far, for
 *
 * <ul>
 *   <li>{@code patterns}: what S_a and S_a+- need of all layers, from every patch;
 *   <li>{@code covariance}: this, and Sigma of the layers with at most WIDEST inputs per neuron:
 *       with 4608, the default, all convolutions of VGG-16; with 25088 also its dense layers, of
 *       which the first takes 5 GB;
 *   <li>{@code patches-64}: the same from 64 patches per image.
 * </ul>
 *
 * Each covers BATCHES (default 2) batches, including their forward pass; sums are complete at the
 * end of each round, and their memory is allocated before. ROUNDS are measured, after one to warm
 * up. The environment needs {@code OMP_NUM_THREADS=1}, as the threads are Java's.
 */
public final class MomentCosts {
  private static final Logger LOG = LoggerFactory.getLogger(MomentCosts.class);
  private static final int PATCHES = 64;
  private static final int BATCHES = 2;
  private static final long WIDEST = 4608;

  private final Network network;
  private final INDArray input;
  private final int batches;
  private final int rounds;

  private MomentCosts(Network network, INDArray input, int batches, int rounds) {
    this.network = network;
    this.input = input;
    this.batches = batches;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) {
    Network network = RandomNetworks.named(arguments[0]);
    int batch = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    int batches = arguments.length > 3 ? Integer.parseInt(arguments[3]) : BATCHES;
    long widest = arguments.length > 4 ? Long.parseLong(arguments[4]) : WIDEST;
    INDArray input = RandomNetworks.images(network, batch);
    Predicate<Node> narrow = node -> ((LinearLayer) node.layer()).fanIn() <= widest;
    PatchSampling some = new PatchSampling(PATCHES, 1);
    MomentCosts costs = new MomentCosts(network, input, batches, rounds);
    costs.measure("patterns", node -> false, PatchSampling.all());
    costs.measure("covariance", narrow, PatchSampling.all());
    costs.measure("patches-" + PATCHES, narrow, some);
  }

  private void measure(String name, Predicate<Node> covariance, PatchSampling sampling) {
    try (NetworkMoments moments = NetworkMoments.empty(network, covariance)) {
      Map<String, Runnable> work = new LinkedHashMap<>();
      work.put("forward", () -> repeat(batches, () -> network.logits(input).close()));
      work.put(
          name,
          () -> {
            repeat(batches, () -> moments.add(input, sampling));
            moments.complete();
          });
      new Rounds(work, rounds).table("forward", (int) input.size(0) * batches).forEach(LOG::info);
    }
    LOG.info("peak memory {}", Machine.peakMemory());
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }
}
