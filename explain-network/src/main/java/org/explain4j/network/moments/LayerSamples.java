package org.explain4j.network.moments;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's samples, kept in memory. */
public final class LayerSamples implements LayerData {
  private final INDArray samples;
  private final LinearLayer layer;
  private LayerMoments moments;

  /**
   * @param samples {@code [n,d]}: the layer's inputs, or patches of them
   */
  public LayerSamples(LinearLayer layer, INDArray samples) {
    this.layer = layer;
    this.samples = samples;
  }

  @Override
  public synchronized LayerMoments moments() {
    if (moments == null) {
      moments = LayerMoments.of(layer, true);
      moments.addSamples(samples);
    }
    return moments;
  }

  @Override
  public Supplier<INDArray> minibatches(int size, long seed) {
    int n = Math.toIntExact(samples.size(0));
    int rows = Math.min(size, n);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] next = {n};
    return () -> {
      if (next[0] + rows > n) {
        shuffle(order, random);
        next[0] = 0;
      }
      int[] batch = java.util.Arrays.copyOfRange(order, next[0], next[0] + rows);
      next[0] += rows;
      return org.nd4j.linalg.factory.Nd4j.pullRows(samples, 1, batch, 'c');
    };
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
