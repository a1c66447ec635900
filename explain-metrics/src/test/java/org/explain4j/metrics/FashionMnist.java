package org.explain4j.metrics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The full training images from Debian's package dataset-fashion-mnist, which golden/ is made of.
 */
public final class FashionMnist {
  private static final Path IMAGES =
      Path.of("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");
  private static final int HEADER = 16;
  private static final int PIXELS = 28 * 28;

  private FashionMnist() {}

  /** Images {@code from} to {@code to} as {@code [n,1,28,28]} in [0,1], float32. */
  public static INDArray training(int from, int to) {
    assumeTrue(Files.exists(IMAGES), "skipped: the package dataset-fashion-mnist is not installed");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(IMAGES))) {
      in.skipNBytes(HEADER + (long) from * PIXELS);
      byte[] bytes = in.readNBytes((to - from) * PIXELS);
      float[] pixels = new float[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        pixels[i] = (bytes[i] & 0xff) / 255f;
      }
      return Nd4j.createFromArray(pixels).reshape(to - from, 1, 28, 28);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
