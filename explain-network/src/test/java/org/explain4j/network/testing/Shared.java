package org.explain4j.network.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.explain4j.network.Activation;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Validation data. The whole of it lies beside the checkout ({@code ../shared}), where it is there
 * at all; a small part of {@code golden/} is in this module's test resources, so that everybody can
 * compare with other tools ({@code golden/README.md} there). A test that asks for what is in
 * neither place is skipped with a message.
 */
public final class Shared {
  private static final double FLOAT32 = 1e-6;

  private Shared() {}

  /** A file or folder under {@code ../shared}. */
  public static Path path(String name) {
    Path path = place(name);
    assumeTrue(Files.exists(path), () -> "skipped: ../shared/" + name + " is not there");
    return path;
  }

  private static Path place(String name) {
    Path root = Path.of(System.getProperty("explain4j.root", "..")).toAbsolutePath().normalize();
    return root.resolveSibling("shared").resolve(name);
  }

  /**
   * The array of a {@code .npy} file under {@code ../shared}, without the ending, or else its part
   * in the test resources: the first images only, and of float64 attributions the nearest float32.
   */
  public static INDArray npy(String name) {
    try {
      Path whole = place(name + ".npy");
      byte[] bytes = Files.exists(whole) ? Files.readAllBytes(whole) : part(name);
      assumeTrue(
          bytes.length > 0,
          () ->
              "skipped: %s.npy is neither in ../shared nor in the test resources".formatted(name));
      // Read through a byte array: ND4J's file reader maps the file and keeps it open.
      return Nd4j.createNpyFromByteArray(bytes).dup('c');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of the test resources, unpacked; empty if there is none. */
  static byte[] part(String name) throws IOException {
    try (InputStream resource = Shared.class.getResourceAsStream("/" + name + ".npy.gz")) {
      return resource == null ? new byte[0] : new GZIPInputStream(resource).readAllBytes();
    }
  }

  /**
   * What a float64 result may be off an array of {@link #npy}: the given relative distance, or that
   * of float32 where the array was stored so.
   */
  public static double tolerance(INDArray expected, double tolerance) {
    return expected.dataType() == DataType.FLOAT ? Math.max(tolerance, FLOAT32) : tolerance;
  }

  /** The arrays of an {@code .npz} file under {@code ../shared}. */
  public static Map<String, INDArray> npz(String name) {
    try {
      return NumpyArchive.read(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The network of {@code ../shared/golden}: nodes conv1, relu1, ..., fc2. */
  public static Network goldenNetwork(DataType type) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv1", goldenConvolution("conv1"));
    layers.put("relu1", Activation.RELU);
    layers.put("conv2", goldenConvolution("conv2"));
    layers.put("relu2", Activation.RELU);
    layers.put("pool1", new MaxPool(Window.square(2).stride(2)));
    layers.put("conv3", goldenConvolution("conv3"));
    layers.put("relu3", Activation.RELU);
    layers.put("conv4", goldenConvolution("conv4"));
    layers.put("relu4", Activation.RELU);
    layers.put("pool2", new MaxPool(Window.square(2).stride(2)));
    layers.put("flatten", new Flatten());
    layers.put("fc1", goldenDense("fc1"));
    layers.put("relu5", Activation.RELU);
    layers.put("fc2", goldenDense("fc2"));
    return Network.chain(List.of(1L, 28L, 28L), layers).cast(type);
  }

  /** The classes that the golden files explain. */
  public static int[] goldenClasses() {
    return npy("golden/pred").toIntVector();
  }

  private static Convolution goldenConvolution(String name) {
    return new Convolution(
        npy("golden/weights/" + name + "_w"),
        npy("golden/weights/" + name + "_b"),
        Window.square(3).pad(1));
  }

  private static Dense goldenDense(String name) {
    return new Dense(
        npy("golden/weights/" + name + "_w").transpose().dup('c'),
        npy("golden/weights/" + name + "_b"));
  }

  /** Relative L2 distance {@code |a - b| / |b|} of two arrays of one shape, in float64. */
  public static double distance(INDArray a, INDArray b) {
    INDArray expected = b.castTo(DataType.DOUBLE);
    double norm = expected.norm2Number().doubleValue();
    return a.castTo(DataType.DOUBLE).sub(expected).norm2Number().doubleValue()
        / (norm == 0 ? 1 : norm);
  }
}
