package org.explain4j.datasets.idx;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the embedded part of Fashion-MNIST from the full one: the first images of each class, in
 * their original order. It needs nothing but the JDK; in the project's folder, with Debian's
 * package {@code dataset-fashion-mnist} installed, run
 *
 * <pre>{@code
 * java explain-datasets/src/test/java/org/explain4j/datasets/idx/FashionMnistSubset.java \
 *     /usr/share/datasets/fashion-mnist \
 *     explain-datasets/src/main/resources/org/explain4j/datasets/idx
 * }</pre>
 */
final class FashionMnistSubset {
  private static final int CLASSES = 10;

  private FashionMnistSubset() {}

  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  static void write(Path full, Path target) throws IOException {
    subset(full, "train", 1000, target);
    subset(full, "t10k", 200, target);
  }

  private static void subset(Path full, String name, int perClass, Path target) throws IOException {
    String images = "-images-idx3-ubyte.gz";
    String labels = "-labels-idx1-ubyte.gz";
    String subset = name + "-" + CLASSES * perClass;
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream classes = new ByteArrayOutputStream();
    try (DataInputStream x = gunzip(full.resolve(name + images));
        DataInputStream y = gunzip(full.resolve(name + labels))) {
      DataOutputStream header = new DataOutputStream(pixels);
      header.writeInt(x.readInt());
      int n = x.readInt();
      header.writeInt(CLASSES * perClass);
      int height = x.readInt();
      header.writeInt(height);
      int width = x.readInt();
      header.writeInt(width);
      DataOutputStream labelHeader = new DataOutputStream(classes);
      labelHeader.writeInt(y.readInt());
      y.readInt();
      labelHeader.writeInt(CLASSES * perClass);
      int[] taken = new int[CLASSES];
      for (int i = 0; i < n; i++) {
        byte[] image = x.readNBytes(height * width);
        int label = y.readUnsignedByte();
        if (taken[label]++ < perClass) {
          pixels.write(image);
          classes.write(label);
        }
      }
    }
    gzip(pixels, target.resolve(subset + images));
    gzip(classes, target.resolve(subset + labels));
  }

  private static DataInputStream gunzip(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** Java's gzip header has no time and no name, so the same images make the same file. */
  private static void gzip(ByteArrayOutputStream bytes, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(file)) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      bytes.writeTo(out);
    }
  }
}
