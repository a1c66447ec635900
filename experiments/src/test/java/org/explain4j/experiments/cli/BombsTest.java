package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files that unpack to more than there is memory (512 MB here) are refused by their size. */
@Tag("slow")
final class BombsTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir private Path folder;

  private void assertRefused(String dataset, Path bomb, String... words) throws Exception {
    assertThat(Files.size(bomb)).isLessThan(2_500_000);
    String text =
        """
        dataset: %s
        model: train
        splits: {a: 2, b: 0, c: 2}
        explainers: [gradient]
        explain: {images: 1}
        """
            .formatted(dataset);
    Path file = Files.writeString(folder.resolve("bomb.yaml"), text);
    assertRefused(Command.run(folder, "validate", file.toString()), bomb, words);
  }

  private static void assertRefused(Command command, Path bomb, String... words) {
    assertThat(command.exitCode()).as(command.errors()).isEqualTo(Main.INPUT_OUTPUT);
    assertThat(command.errors())
        .contains(bomb.getFileName().toString())
        .contains(words)
        .doesNotContain("Out of memory", "\tat ");
  }

  @Test
  void anArchiveOfCifarThatUnpacksTo1900Megabytes() throws Exception {
    Path tar = gzip("batches.tar.gz", tarHeader("data_batch_1.bin", 1900L * MEGABYTE));
    assertRefused("{cifar10: {path: batches.tar.gz}}", tar, "unpacks to more than");
    Path records = gzip("records.bin.gz", new byte[0]);
    assertRefused("{cifar10: {path: records.bin.gz}}", records, "unpacks to more than");
  }

  @Test
  void imagesInIdxFormatThatUnpackTo1900Megabytes() throws Exception {
    byte[] header =
        ByteBuffer.allocate(16).putInt(0x803).putInt(1900).putInt(1024).putInt(1024).array();
    Path images = gzip("train-images-idx3-ubyte.gz", header);
    gzip("train-labels-idx1-ubyte.gz", header);
    assertRefused("{mnist: {directory: .}}", images, "unpacks to 1992294400 bytes");
  }

  @Test
  void anArrayOfAnArchiveThatUnpacksTo400Megabytes() throws Exception {
    Path file = folder.resolve("data.npz");
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (400, 1048576), }";
    byte[] start =
        ("\u0093NUMPY\u0001\u0000" + (char) (header.length() + 1) + "\u0000" + header + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    zip(file, "x.npy", start, 400);
    assertRefused("{npy: {inputs: 'data.npz:x', labels: 'data.npz:x'}}", file, "unpacks to 4194");
  }

  @Test
  void weightsThatUnpackTo400Megabytes() throws Exception {
    Path file = folder.resolve("network.zip");
    zip(file, "coefficients.bin", new byte[0], 400);
    assertRefused(
        Command.run(folder, "inspect", file.toString()), file, "coefficients.bin", "419430400");
  }

  /** A configuration of DL4J beside the entry, so that the reader is found. */
  private static void zip(Path file, String name, byte[] start, int megabytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      if (!name.endsWith(".npy")) {
        zip.putNextEntry(new ZipEntry("configuration.json"));
        zip.write('{');
      }
      zip.putNextEntry(new ZipEntry(name));
      zip.write(start);
      for (int i = 0; i < megabytes; i++) {
        zip.write(new byte[MEGABYTE]);
      }
    }
  }

  /** A start and 1,900 MB of zeros; the same packed megabyte again and again. */
  private Path gzip(String name, byte[] start) throws IOException {
    Path file = folder.resolve(name);
    byte[] zeros = packed(new byte[MEGABYTE]);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(packed(start));
      for (int i = 0; i < 1900; i++) {
        out.write(zeros);
      }
    }
    return file;
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A header of the format ustar. */
  private static byte[] tarHeader(String name, long size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
