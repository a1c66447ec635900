package org.explain4j.datasets.cifar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.explain4j.datasets.ByteImages;
import org.explain4j.network.files.Reason;

/**
 * CIFAR-10 records: a label byte, then 1,024 red, 1,024 green and 1,024 blue bytes, row after row.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The CIFAR-10 page, "Binary
 *     version"</a>
 */
final class CifarRecords {
  static final int CLASSES = 10;
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;

  private CifarRecords() {}

  /**
   * The bytes of one batch, checked.
   *
   * @throws IOException if it is not a whole number of records, or a label is not one of the
   *     classes
   */
  static byte[] read(String name, InputStream in) throws IOException {
    byte[] bytes;
    try {
      bytes = in.readAllBytes();
    } catch (EOFException | ZipException e) {
      throw new IOException(name + " is truncated or damaged: " + Reason.of(e), e);
    }
    if (bytes.length == 0 || bytes.length % RECORD != 0) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %d bytes, which is not a whole number of CIFAR-10 records of %d bytes.\nMaybe it is truncated, or is CIFAR-100.",
              name,
              bytes.length,
              RECORD));
    }
    for (int i = 0; i < bytes.length; i += RECORD) {
      if ((bytes[i] & 0xff) >= CLASSES) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: label %d of record %d is not one of the %d classes.",
                name,
                bytes[i] & 0xff,
                i / RECORD,
                CLASSES));
      }
    }
    return bytes;
  }

  /** Images {@code [3,32,32]} of the batches, in their order. */
  static ByteImages images(String title, List<byte[]> batches) {
    int n = batches.stream().mapToInt(batch -> batch.length / RECORD).sum();
    byte[] pixels = new byte[Math.multiplyExact(n, PIXELS)];
    byte[] classes = new byte[n];
    int image = 0;
    for (byte[] batch : batches) {
      for (int from = 0; from < batch.length; from += RECORD) {
        classes[image] = batch[from];
        System.arraycopy(batch, from + 1, pixels, image * PIXELS, PIXELS);
        image++;
      }
    }
    return new ByteImages(title, List.of(3L, 32L, 32L), pixels, classes);
  }
}
