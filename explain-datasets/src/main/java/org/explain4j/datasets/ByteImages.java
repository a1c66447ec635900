package org.explain4j.datasets;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.explain4j.api.Split;
import org.explain4j.network.files.Checksum;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Labelled 8-bit images held on the heap, one byte per value.
 *
 * @param title starts every example's name: {@code train} gives {@code train/17}
 * @param shape of one image, {@code [c,h,w]}
 * @param pixels image after image, each channel after channel and row after row
 * @param classes of the images, from 0
 */
public record ByteImages(String title, List<Long> shape, byte[] pixels, byte[] classes)
    implements Split {

  public ByteImages {
    shape = List.copyOf(shape);
    if (pixels.length != (long) classes.length * volume(shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d values are not %d images of shape %s.",
              title,
              pixels.length,
              classes.length,
              shape));
    }
  }

  private static int volume(List<Long> shape) {
    return Math.toIntExact(
        shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
  }

  @Override
  public int size() {
    return classes.length;
  }

  @Override
  public INDArray inputs(int... indices) {
    int volume = volume(shape);
    float[] values = new float[Math.multiplyExact(indices.length, volume)];
    for (int i = 0; i < indices.length; i++) {
      int from = checked(indices[i]) * volume;
      for (int k = 0; k < volume; k++) {
        values[i * volume + k] = (pixels[from + k] & 0xff) / 255f;
      }
    }
    long[] all =
        LongStream.concat(LongStream.of(indices.length), shape.stream().mapToLong(Long::longValue))
            .toArray();
    return Nd4j.create(values, all, 'c');
  }

  @Override
  public int[] labels(int... indices) {
    int[] labels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      labels[i] = classes[checked(indices[i])] & 0xff;
    }
    return labels;
  }

  @Override
  public String name(int index) {
    return title + "/" + checked(index);
  }

  /**
   * Adds shape, pixels and classes.
   *
   * @return the checksum
   */
  public Checksum addTo(Checksum sum) {
    return sum.item(shape.toString()).item(pixels).item(classes);
  }

  /** The SHA-256 of a dataset of these two parts. */
  public static String fingerprint(ByteImages train, ByteImages test) {
    return test.addTo(train.addTo(Checksum.sha256())).hex();
  }

  private int checked(int index) {
    if (index < 0 || index >= size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no image %d in '%s': it has %d, counted from 0.",
              index,
              title,
              size()));
    }
    return index;
  }
}
