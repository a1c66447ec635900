package org.explain4j.experiments.tiny;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of 6x6 pixels with one bright half; the class says which. Each batch takes its time, so
 * that a test can end the process meanwhile.
 */
public record TinyImages(int train, int test, long milliseconds) implements DatasetProvider {

  public TinyImages() {
    this(60, 30, 0);
  }

  @Override
  public String id() {
    return "tiny-images";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Dataset open(Path base) {
    return new Dataset(
        "tiny images",
        List.of(1L, 6L, 6L),
        List.of("left", "right"),
        new Images(train, 1, milliseconds),
        new Images(test, 2, milliseconds),
        "tiny " + train + " " + test);
  }

  private record Images(int size, long seed, long milliseconds) implements Split {
    @Override
    public INDArray inputs(int... indices) {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      float[] pixels = new float[indices.length * 36];
      for (int row = 0; row < indices.length; row++) {
        SplittableRandom random = new SplittableRandom(seed * 1000 + indices[row]);
        for (int i = 0; i < 36; i++) {
          boolean bright = (i % 6 < 3) == (indices[row] % 2 == 0);
          pixels[row * 36 + i] = (float) (random.nextDouble() * 0.4 + (bright ? 0.6 : 0));
        }
      }
      return Nd4j.create(pixels, new long[] {indices.length, 1, 6, 6}, 'c');
    }

    @Override
    public int[] labels(int... indices) {
      return Arrays.stream(indices).map(i -> i % 2).toArray();
    }

    @Override
    public String name(int index) {
      return "tiny " + index;
    }
  }
}
