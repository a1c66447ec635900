package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.numpy.NumpyArray;

/**
 * The range of an array's numbers.
 *
 * @param bytes whether all of them are whole numbers from 0 to 255, and some above 1
 */
record Range(double low, double high, boolean bytes) {
  private static final int CHUNK = 1 << 20;
  private static final double MOST_BYTE = 255;

  /**
   * Reads all numbers once: for the fingerprint, and to find numbers that no network can take.
   *
   * @throws IOException if one is not finite; the message names its row
   */
  static Range of(String title, NumpyArray array, Checksum fingerprint) throws IOException {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean whole = true;
    fingerprint.item(array.shape().toString());
    int step = Math.max(1, CHUNK / Math.max(1, array.width()));
    for (int from = 0; from < array.rows(); from += step) {
      int to = Math.min(array.rows(), from + step);
      double[] values = array.read(IntStream.range(from, to).toArray());
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i])) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s has %s in row %d.\nMaybe leave that row out.",
                  title,
                  values[i],
                  from + i / array.width()));
        }
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
        whole &= values[i] == Math.rint(values[i]);
        bytes.putDouble(values[i]);
      }
      fingerprint.item(bytes.array());
    }
    return new Range(low, high, whole && low >= 0 && high > 1 && high <= MOST_BYTE);
  }

  /** The warning for images whose numbers, once scaled, are not pixels from 0 to 1. */
  Optional<String> warning(String title, double scale) {
    if (bytes && scale == 1) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "WARNING: %s holds bytes, %d to %d, and they are used unscaled. Networks here take pixels from 0 to 1, from which their preprocessing starts. Unless yours takes bytes, set npy.scale to 0.00392156862745098 (1/255).",
              title,
              (long) low,
              (long) high));
    }
    double least = Math.min(scale * low, scale * high);
    double most = Math.max(scale * low, scale * high);
    return least < 0 || most > 1 + 1e-6
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Inputs of %s go from %s to %s, beyond the range of pixels, 0 to 1; they are used as they are.",
                title,
                (float) least,
                (float) most))
        : Optional.empty();
  }
}
