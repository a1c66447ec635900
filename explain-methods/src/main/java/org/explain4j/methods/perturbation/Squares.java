package org.explain4j.methods.perturbation;

import java.util.Locale;
import java.util.function.IntConsumer;
import org.explain4j.api.ExampleBatch;
import org.explain4j.methods.images.ImageShape;

/** Squares of pixels that a sliding window covers; those at the far edges are cut off. */
record Squares(ImageShape images, int side, int stride, int rows, int columns) {

  /**
   * @throws IllegalArgumentException if a square is larger than the image
   */
  static Squares of(ImageShape images, int side, int stride) {
    if (side > images.height() || side > images.width()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The patch (%d) is larger than the image (%dx%d).\nMaybe set patch to %d.",
              side,
              images.height(),
              images.width(),
              Math.max(1, Math.min(images.height(), images.width()) / 2)));
    }
    return new Squares(
        images,
        side,
        stride,
        (images.height() - side + stride - 1) / stride + 1,
        (images.width() - side + stride - 1) / stride + 1);
  }

  int count() {
    return rows * columns;
  }

  /** Visits the indices of a square's values in an example {@code [c,h,w]}. */
  void each(int square, IntConsumer index) {
    int top = square / columns * stride;
    int left = square % columns * stride;
    for (int c = 0; c < images.channels(); c++) {
      for (int y = top; y < Math.min(top + side, images.height()); y++) {
        for (int x = left; x < Math.min(left + side, images.width()); x++) {
          index.accept((c * images.height() + y) * images.width() + x);
        }
      }
    }
  }

  /** Visits the values within some pixels of a square that are not in it. */
  void around(int square, int margin, IntConsumer index) {
    int top = square / columns * stride;
    int left = square % columns * stride;
    for (int c = 0; c < images.channels(); c++) {
      for (int y = top - margin; y < top + side + margin; y++) {
        for (int x = left - margin; x < left + side + margin; x++) {
          boolean inside = y >= top && y < top + side && x >= left && x < left + side;
          boolean exists = y >= 0 && y < images.height() && x >= 0 && x < images.width();
          if (exists && !inside) {
            index.accept((c * images.height() + y) * images.width() + x);
          }
        }
      }
    }
  }

  /** Number of squares over a value's pixel. */
  int cover(int index) {
    int pixel = index % images.pixels();
    return over(pixel / images.width(), rows) * over(pixel % images.width(), columns);
  }

  private int over(int place, int windows) {
    int first = Math.max(0, (place - side + stride) / stride);
    return Math.min(place / stride, windows - 1) - first + 1;
  }

  /** How much the output drops when each square is replaced by {@code hidden}; means per value. */
  double[] drops(ExampleBatch examples, double[] hidden, Output output) {
    double[] result = new double[examples.values().length];
    double[] clean = new double[examples.count()];
    examples.each(
        1 + count(), // the first variant is the clean example
        (example, variant, target) -> {
          System.arraycopy(examples.values(), examples.start(example), target, 0, examples.size());
          if (variant > 0) {
            each(variant - 1, i -> target[i] = hidden[i]);
          }
        },
        output.of(examples),
        (example, variant, rows, offset) -> {
          if (variant == 0) {
            clean[example] = rows[offset];
          } else {
            double drop = clean[example] - rows[offset];
            int start = examples.start(example);
            each(variant - 1, i -> result[start + i] += drop / cover(i));
          }
        });
    return result;
  }
}
