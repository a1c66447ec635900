package org.explain4j.network.moments;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.HostMemory;
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
  public MiniBatches minibatches(int size, long seed) {
    int n = Math.toIntExact(samples.size(0));
    int rows = Math.min(size, n);
    SplittableRandom random = new SplittableRandom(seed);
    return new MiniBatches() {
      private int[] order = {};
      private int first;

      @Override
      public int size() {
        return rows;
      }

      @Override
      public long width() {
        return samples.size(1);
      }

      @Override
      public int samples() {
        return n;
      }

      @Override
      public int[] next() {
        first += rows;
        if (first + rows > order.length) {
          order = Shuffle.order(n, random);
          first = 0;
        }
        return Arrays.copyOfRange(order, first, first + rows);
      }

      @Override
      public void read(int[] drawn, INDArray into) {
        if (into.dataType() == samples.dataType()) {
          HostMemory.copyRows(samples, drawn, into);
          return;
        }
        try (INDArray copy = Nd4j.pullRows(samples, 1, drawn, 'c')) {
          into.assign(copy);
        }
      }
    };
  }
}
