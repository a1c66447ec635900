package org.explain4j.models.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Split;
import org.explain4j.network.testing.Shared;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fashion-MNIST from {@code ../shared}: this module does not know the datasets. */
public final class FashionFiles {
  private static final List<String> CLASSES =
      List.of(
          "t-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");

  private FashionFiles() {}

  public static Dataset dataset() {
    return new Dataset(
        "fashion-mnist",
        List.of(1L, 28L, 28L),
        CLASSES,
        split("train-10000"),
        split("t10k-2000"),
        "fashion-files",
        List.of());
  }

  public static Split split(String name) {
    byte[] images = body("data/fashion/" + name + "-images-idx3-ubyte.gz", 16);
    byte[] labels = body("data/fashion/" + name + "-labels-idx1-ubyte.gz", 8);
    return new IdxSplit(images, labels, labels.length);
  }

  private static byte[] body(String name, int header) {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(Shared.path(name))))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Examples of an IDX file. */
  public record IdxSplit(byte[] images, byte[] classes, int size) implements Split {

    @Override
    public INDArray inputs(int... indices) {
      float[] pixels = new float[indices.length * 784];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (images[indices[i / 784] * 784 + i % 784] & 0xff) / 255f;
      }
      return Nd4j.createFromArray(pixels).reshape('c', indices.length, 1, 28, 28);
    }

    @Override
    public int[] labels(int... indices) {
      return IntStream.of(indices).map(i -> classes[i]).toArray();
    }

    @Override
    public String name(int index) {
      return Integer.toString(index);
    }
  }
}
