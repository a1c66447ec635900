package org.explain4j.api.moments;

import java.util.SplittableRandom;
import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
          "Patches per image (%d) must not be negative and the seed (%d) must be at least 1."
              .formatted(perImage, seed));
    }
  }

  /** Every patch of every image. */
  public static PatchSampling all() {
    return new PatchSampling(0, 1);
  }

  INDArray samples(String name, LinearLayer layer, INDArray input, long first) {
    INDArray patches = layer.patches(input);
    int images = (int) input.size(0);
    int positions = (int) (patches.size(0) / images);
    if (perImage == 0 || perImage >= positions) {
      return patches;
    }
    int[] rows = new int[images * perImage];
    for (int image = 0; image < images; image++) {
      SplittableRandom random =
          new SplittableRandom(seed ^ Long.rotateLeft(first + image, 20) ^ name.hashCode());
      int[] drawn = random.ints(0, positions).distinct().limit(perImage).sorted().toArray();
      for (int i = 0; i < perImage; i++) {
        rows[image * perImage + i] = image * positions + drawn[i];
      }
    }
    try (patches) {
      return Nd4j.pullRows(patches, 1, rows, 'c');
    }
  }
}
