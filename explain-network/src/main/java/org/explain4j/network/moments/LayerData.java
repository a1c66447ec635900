package org.explain4j.network.moments;

import java.util.Arrays;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What one linear layer saw in a split of the data. */
public interface LayerData {

  /** The moments with covariance, unless {@link #sigma()} has handed that over. */
  LayerMoments moments();

  /**
   * Whether a reader may overwrite and close the moments that it was given, because they can be
   * read again or nobody else needs them. For the widest layers there is no memory for a second
   * copy.
   */
  default boolean expendable() {
    return false;
  }

  /** Sigma, {@code [d,d]}, for the caller to overwrite: the only copy if expendable. */
  default INDArray sigma() {
    return expendable() ? moments().takeSigma() : moments().sigma();
  }

  /**
   * Mini-batches of the layer's inputs (patches of a convolution).
   *
   * @param size rows per batch
   * @param seed at least 1
   */
  MiniBatches minibatches(int size, long seed);

  /** What a group's neurons saw ({@link org.explain4j.network.LinearLayer#group}). */
  default LayerData group(int group) {
    return new LayerGroup(this, group);
  }

  /** A group of a layer, whose moments stay with it. */
  record LayerGroup(LayerData layer, int group) implements LayerData {
    @Override
    public LayerMoments moments() {
      return layer.moments().group(group);
    }

    @Override
    public MiniBatches minibatches(int size, long seed) {
      return new GroupBatches(layer.minibatches(size, seed), group, moments().fanIn());
    }
  }

  /** A group's columns. */
  record GroupBatches(MiniBatches all, int group, long width) implements MiniBatches {
    /** Numbers of all groups that are read at a time. */
    private static final long NUMBERS = 1L << 21;

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public int samples() {
      return all.samples();
    }

    @Override
    public int[] next() {
      return all.next();
    }

    @Override
    public void read(int[] samples, INDArray into) {
      int most = (int) Math.max(1, NUMBERS / all.width());
      for (int from = 0; from < samples.length; from += most) {
        int to = Math.min(samples.length, from + most);
        long[] shape = {to - from, all.width()};
        try (INDArray rows = Nd4j.createUninitialized(into.dataType(), shape, 'c')) {
          all.read(Arrays.copyOfRange(samples, from, to), rows);
          INDArray own = Products.columns(rows, group * width, (group + 1) * width);
          Workers.slice(into, from, to).assign(own);
        }
      }
    }
  }
}
