package org.explain4j.datasets.generated;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.explain4j.api.Split;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images made when they are asked for, each from random numbers of its own. The class is the
 * index's remainder by 2.
 *
 * @param stream which of two disjoint sequences of images: 0 or 1
 */
record GeneratedSplit(Recipe recipe, String title, int size, int side, long seed, int stream)
    implements Split {

  private Drawn drawn(int index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no image %d in '%s': it has %d, counted from 0.",
              index,
              title,
              size));
    }
    // Of different numbers the first random number differs, too: no two images are the same.
    long number = Long.rotateLeft(2L * index + stream + 1, 32) ^ seed;
    long own = new SplittableRandom(number).nextLong();
    return recipe.draw(index % 2, new SplittableRandom(own));
  }

  @Override
  public INDArray inputs(int... indices) {
    int pixels = side * side;
    float[] values = new float[Math.multiplyExact(indices.length, pixels)];
    double limit = recipe.limit();
    for (int i = 0; i < indices.length; i++) {
      double[] image = drawn(indices[i]).values();
      for (int p = 0; p < pixels; p++) {
        values[i * pixels + p] = (float) Math.max(0, Math.min(1, 0.5 + image[p] / (2 * limit)));
      }
    }
    return Nd4j.createFromArray(values).reshape('c', indices.length, 1, side, side);
  }

  @Override
  public int[] labels(int... indices) {
    int[] labels = new int[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = indices[i] % 2;
    }
    return labels;
  }

  @Override
  public Optional<INDArray> masks(int... indices) {
    int pixels = side * side;
    float[] values = new float[Math.multiplyExact(indices.length, pixels)];
    for (int i = 0; i < indices.length; i++) {
      boolean[] mask = drawn(indices[i]).mask();
      for (int p = 0; p < pixels; p++) {
        values[i * pixels + p] = mask[p] ? 1 : 0;
      }
    }
    return Optional.of(Nd4j.createFromArray(values).reshape('c', indices.length, side, side));
  }

  @Override
  public String name(int index) {
    return title + "/" + index;
  }
}
