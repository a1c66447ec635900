package org.explain4j.network.moments;

import java.util.function.Supplier;
import org.explain4j.network.arrays.Products;
import org.nd4j.linalg.api.ndarray.INDArray;

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
   * Endless mini-batches of samples, drawn without replacement within an epoch.
   *
   * @param size rows per batch
   * @param seed at least 1
   * @return supplies {@code [size,d]}, the layer's inputs (patches of a convolution); {@code
   *     [size,gd]} of g groups
   */
  Supplier<INDArray> minibatches(int size, long seed);

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
    public Supplier<INDArray> minibatches(int size, long seed) {
      long d = moments().fanIn();
      Supplier<INDArray> drawn = layer.minibatches(size, seed);
      return () -> {
        try (INDArray rows = drawn.get()) {
          return Products.columns(rows, group * d, (group + 1) * d).dup('c');
        }
      };
    }
  }
}
