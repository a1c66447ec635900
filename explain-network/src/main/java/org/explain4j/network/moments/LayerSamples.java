package org.explain4j.network.moments;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.training.Shuffle;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer's samples, kept in memory. */
public final class LayerSamples implements LayerData {
  private final INDArray samples;
  private final LinearLayer layer;
  private LayerMoments moments;

  /**
   * Keeps samples; their moments are computed when they are asked for.
   *
   * @param samples the layer's inputs, as {@link LinearLayer#patches} has them
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

  /** A copy of its columns: drawn from all of them, mini-batches would cost as much as all do. */
  @Override
  public LayerData group(int group) {
    long d = layer.fanIn();
    return layer.groups() == 1
        ? this
        : new LayerSamples(
            layer.group(group), Products.columns(samples, group * d, (group + 1) * d).dup('c'));
  }

  @Override
  public Supplier<INDArray> minibatches(int size, long seed) {
    int n = Math.toIntExact(samples.size(0));
    int rows = Math.min(size, n);
    SplittableRandom random = new SplittableRandom(seed);
    return new Supplier<>() {
      private int[] order = {};
      private int next;

      @Override
      public INDArray get() {
        if (next + rows > order.length) {
          order = Shuffle.order(n, random);
          next = 0;
        }
        int[] batch = Arrays.copyOfRange(order, next, next + rows);
        next += rows;
        return Nd4j.pullRows(samples, 1, batch, 'c');
      }
    };
  }
}
