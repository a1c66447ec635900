package org.explain4j.network.moments;

import java.util.Locale;
import java.util.SplittableRandom;
import org.explain4j.network.Convolution;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which patches of an image are samples of a convolution.
 *
 * @param perImage number drawn without replacement, or 0 for all
 * @param seed at least 1
 */
public record PatchSampling(int perImage, long seed) {

  public PatchSampling {
    if (perImage < 0 || seed < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Patches per image (%d) must not be negative and the seed (%d) must be at least 1.",
              perImage,
              seed));
    }
  }

  /** Every patch of every image. */
  public static PatchSampling all() {
    return new PatchSampling(0, 1);
  }

  /** Whether every patch is a sample. */
  public boolean everything() {
    return perImage == 0;
  }

  /**
   * The samples of a batch, {@code [m,d]}, image after image; the input itself if the layer is
   * dense.
   *
   * @param name of the layer's node
   * @param input of the layer, {@code [n,d]} or {@code [n,c,h,w]}
   * @param first index of the batch's first example in the data: the patches drawn for an example
   *     depend on it, not on the batch
   */
  public INDArray samples(String name, LinearLayer layer, INDArray input, long first) {
    if (!(layer instanceof Convolution convolution)) {
      return layer.patches(input);
    }
    PaddedGrid grid =
        new PaddedGrid(convolution.window(), (int) input.size(2), (int) input.size(3), false);
    int positions = grid.outputHeight() * grid.outputWidth();
    if (perImage == 0 || perImage >= positions) {
      return layer.patches(input);
    }
    int images = (int) input.size(0);
    int[][] drawn = new int[images][];
    for (int image = 0; image < images; image++) {
      SplittableRandom random =
          new SplittableRandom(seed ^ Long.rotateLeft(first + image, 20) ^ name.hashCode());
      drawn[image] = random.ints(0, positions).distinct().limit(perImage).sorted().toArray();
    }
    return grid.gather(input, drawn);
  }
}
