package org.explain4j.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.explain4j.api.Model;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks from files, with their preprocessing, are as accurate as their sources say. */
class AccuracyTest {
  private static final double HALF_A_POINT = 0.005;
  private static final Preprocessing BYTES = new Preprocessing(1, List.of(), List.of(), false);

  /** An image's pixels in [0,1], channel by channel, and its class. */
  private record Example(float[] pixels, int label) {}

  @Test
  void captumsToyNetKnowsCifar() throws IOException {
    Preprocessing centred = perChannel(255, 3, 127.5, 127.5);
    assertAccurate("captum_cifar10_toynet.onnx", centred, cifar(1000), 0.670);
    assertAccurate("captum_cifar10_toynet.h5", centred, cifar(1000), 0.670);
  }

  @Test
  void convNetJsKnowsCifar() throws IOException {
    assertAccurate("convnetjs_cifar10.h5", perChannel(1, 3, 0.5, 1), cifar(1000), 0.783);
  }

  @Test
  @Tag("slow")
  void simpNetKnowsCifar() throws IOException {
    Preprocessing standardised =
        new Preprocessing(
            255, List.of(125.31, 122.95, 113.87), List.of(62.99, 62.09, 66.70), false);
    assertAccurate("simpnet_cifar10_300K_93.25.onnx", standardised, cifar(1000), 0.999);
  }

  @Test
  void kerasJsKnowsMnist() throws IOException {
    assertAccurate("kerasjs_mnist_cnn.h5", BYTES, mnist(2000), 0.9875);
  }

  @Test
  @Tag("slow")
  void tinyVggKnowsTinyImageNet() throws IOException {
    List<String> classes =
        List.of(
            "n03662601",
            "n02165456",
            "n07873807",
            "n07720875",
            "n04146614",
            "n01882714",
            "n07920052",
            "n02509815",
            "n07747607",
            "n04285008");
    List<Example> examples = new ArrayList<>();
    try (ZipFile zip =
        new ZipFile(Shared.path("data/tinyimagenet10/tinyimagenet10.zip").toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().startsWith("val/") && entry.getName().endsWith(".JPEG")) {
          BufferedImage image = ImageIO.read(zip.getInputStream(entry));
          int label = classes.indexOf(entry.getName().split("/", -1)[1]);
          examples.add(new Example(pixels(image, 64), label));
        }
      }
    }
    assertThat(examples).hasSize(500);
    assertAccurate("tinyvgg_tinyimagenet10.onnx", BYTES, examples, 0.688);
  }

  @Test
  @Tag("slow")
  void squeezeNetKnowsImageNet() throws IOException {
    Preprocessing caffe = new Preprocessing(255, List.of(104.0, 117.0, 123.0), List.of(), true);
    List<Example> examples = new ArrayList<>();
    try (ZipFile zip = new ZipFile(Shared.path("data/imagenet_half.zip").toFile())) {
      String table =
          new String(
              zip.getInputStream(zip.getEntry("labels.csv")).readAllBytes(),
              StandardCharsets.UTF_8);
      for (String line : table.lines().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        BufferedImage image = ImageIO.read(zip.getInputStream(zip.getEntry(cells[0])));
        examples.add(new Example(pixels(image, 227), Integer.parseInt(cells[1])));
      }
    }
    assertThat(examples).hasSize(500);
    assertAccurate("squeezenet_v1.1_imagenet.onnx", caffe, examples, 0.624);
  }

  private static void assertAccurate(
      String file, Preprocessing preprocessing, List<Example> examples, double expected)
      throws IOException {
    FileModel source =
        new FileModel(
            Shared.path("data/nets/" + file),
            "auto",
            List.of(),
            Optional.of(preprocessing),
            List.of(),
            "");
    Model model = source.read(Path.of(""));
    int right = 0;
    for (int from = 0; from < examples.size(); from += 50) {
      List<Example> batch = examples.subList(from, Math.min(examples.size(), from + 50));
      try (INDArray pixels = batch(batch, model.network().inputShape());
          INDArray inputs = model.preprocessing().apply(pixels)) {
        int[] predicted = model.network().predict(inputs);
        for (int i = 0; i < predicted.length; i++) {
          right += predicted[i] == batch.get(i).label() ? 1 : 0;
        }
      }
    }
    assertThat(right / (double) examples.size()).isCloseTo(expected, within(HALF_A_POINT));
  }

  private static INDArray batch(List<Example> examples, List<Long> shape) {
    int size = examples.get(0).pixels().length;
    float[] all = new float[examples.size() * size];
    for (int i = 0; i < examples.size(); i++) {
      System.arraycopy(examples.get(i).pixels(), 0, all, i * size, size);
    }
    return Nd4j.createFromArray(all)
        .reshape('c', examples.size(), shape.get(0), shape.get(1), shape.get(2));
  }

  private static Preprocessing perChannel(double scale, int channels, double mean, double by) {
    return new Preprocessing(
        scale, Collections.nCopies(channels, mean), Collections.nCopies(channels, by), false);
  }

  private static List<Example> cifar(int count) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (InputStream in = unzipped("data/cifar10/cifar10_train_lossless_4000.bin.gz")) {
      for (int i = 0; i < count; i++) {
        int label = in.read();
        examples.add(new Example(pixels(in.readNBytes(3072)), label));
      }
    }
    return examples;
  }

  private static List<Example> mnist(int count) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (InputStream images = unzipped("data/mnist/t10k-images-idx3-ubyte.gz");
        InputStream labels = unzipped("data/mnist/t10k-labels-idx1-ubyte.gz")) {
      images.skipNBytes(16);
      labels.skipNBytes(8);
      for (int i = 0; i < count; i++) {
        examples.add(new Example(pixels(images.readNBytes(784)), labels.read()));
      }
    }
    return examples;
  }

  private static InputStream unzipped(String name) throws IOException {
    return new GZIPInputStream(Files.newInputStream(Shared.path(name)));
  }

  private static float[] pixels(byte[] bytes) {
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = (bytes[i] & 0xff) / 255f;
    }
    return pixels;
  }

  /** The centre of an image, enlarged first if it is smaller; grey images in three channels. */
  private static float[] pixels(BufferedImage image, int size) {
    double scale = Math.max(1, size / (double) Math.min(image.getWidth(), image.getHeight()));
    int width = (int) Math.round(image.getWidth() * scale);
    int height = (int) Math.round(image.getHeight() * scale);
    BufferedImage crop = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = crop.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, (size - width) / 2, (size - height) / 2, width, height, null);
    graphics.dispose();
    float[] pixels = new float[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      int rgb = crop.getRGB(i % size, i / size);
      pixels[i] = (rgb >> 16 & 0xff) / 255f;
      pixels[size * size + i] = (rgb >> 8 & 0xff) / 255f;
      pixels[2 * size * size + i] = (rgb & 0xff) / 255f;
    }
    return pixels;
  }
}
