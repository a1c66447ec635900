package org.explain4j.network.moments;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of one size laid out so that a kernel's taps become shifts: each channel is one row, in
 * which images follow each other and enough zeros lie between them that no shift by a tap reaches
 * the next one. A sum over all positions of products is then one matrix product of two views of the
 * same rows, without unrolling (im2col).
 *
 * @param covariance whether products of two taps are wanted too: lines then have zeros between them
 *     as well. Else a line has one place for each column of the output, since {@link #scatter} has
 *     a copy for each column of the kernel.
 */
record PaddedGrid(Window window, int height, int width, boolean covariance) {

  /** Places per line, zeros included. */
  int pitch() {
    return covariance
        ? width + Math.max(window.left() + window.right(), window.extentX() - 1)
        : outputWidth();
  }

  /** Pixels from one place of a line to the next. */
  int step() {
    return covariance ? 1 : window.strideX();
  }

  /** Places per image and channel. */
  int length() {
    return Math.multiplyExact(lines(), pitch());
  }

  private int lines() {
    if (covariance) {
      return height + Math.max(window.top() + window.bottom(), window.extentY() - 1);
    }
    // The zeros above the next image are also those below this one.
    int reached = (outputHeight() - 1) * window.strideY() + window.extentY() - window.top();
    return Math.max(window.top() + height, reached);
  }

  /** Number of taps of the kernel; they are numbered row by row. */
  int taps() {
    return window.height() * window.width();
  }

  int tapY(int tap) {
    return tap / window.width() * window.dilationY();
  }

  int tapX(int tap) {
    return tap % window.width() * window.dilationX();
  }

  /** How far a tap is from the kernel's first one, along a row. */
  int shift(int tap) {
    return tapY(tap) * pitch() + tapX(tap);
  }

  int outputHeight() {
    return (int) window.outputHeight(height, false);
  }

  int outputWidth() {
    return (int) window.outputWidth(width, false);
  }

  /**
   * The images once for each of the kernel's columns, moved so that all columns' taps coincide:
   * {@code [columns * channels, images * length]}, in the type of {@code target}.
   */
  void scatter(INDArray images, int from, int to, INDArray target) {
    int channels = (int) images.size(1);
    Planes source = Planes.reading(images, height * width);
    Planes rows = Planes.writing(target, length());
    Workers.forEach(
        channels,
        channel -> {
          Planes.Plane in = source.plane();
          Planes.Plane[] out = new Planes.Plane[window.width()];
          for (int column = 0; column < out.length; column++) {
            out[column] = rows.plane();
            out[column].clear();
          }
          for (int image = from; image < to; image++) {
            in.load(image * channels + channel);
            for (int column = 0; column < out.length; column++) {
              scatter(in, column, out[column]);
              int row = column * channels + channel;
              out[column].store(row * (to - from) + image - from);
            }
          }
        });
    rows.written();
  }

  private void scatter(Planes.Plane in, int column, Planes.Plane out) {
    int first = tapX(column) - window.left();
    int from = Math.max(0, (step() - 1 - first) / step());
    int to = Math.min(pitch(), (width - first + step() - 1) / step());
    for (int y = 0; y < height; y++) {
      int line = (y + window.top()) * pitch();
      for (int place = from; place < to; place++) {
        out.set(line + place, in.get(y * width + first + place * step()));
      }
    }
  }

  /**
   * Patches of a convolution at some positions only.
   *
   * @param positions for each image as many, numbered row by row
   * @return {@code [images * positions, channels * taps]}
   */
  INDArray gather(INDArray images, int[][] positions) {
    int channels = (int) images.size(1);
    int each = positions[0].length;
    int d = channels * taps();
    double[] rows = new double[Math.multiplyExact(positions.length * each, d)];
    Planes source = Planes.reading(images, height * width);
    Workers.forEach(
        positions.length,
        image -> {
          Planes.Plane plane = source.plane();
          for (int channel = 0; channel < channels; channel++) {
            plane.load(image * channels + channel);
            for (int p = 0; p < each; p++) {
              int start = (image * each + p) * d + channel * taps();
              patch(plane, positions[image][p], rows, start);
            }
          }
        });
    return Nd4j.create(rows, new long[] {(long) positions.length * each, d}, images.dataType());
  }

  private void patch(Planes.Plane plane, int position, double[] rows, int start) {
    int top = position / outputWidth() * window.strideY() - window.top();
    int left = position % outputWidth() * window.strideX() - window.left();
    for (int tap = 0; tap < taps(); tap++) {
      int y = top + tapY(tap);
      int x = left + tapX(tap);
      if (within(y, height) && within(x, width)) {
        rows[start + tap] = plane.get(y * width + x);
      }
    }
  }

  /**
   * Pixels q, as places in an image's row, that the products of two taps {@code a <= b} over the
   * whole row have too many: both q and its partner are in the image, but no window has q at tap a.
   */
  int[] surplus(int a, int b) {
    int dy = tapY(b) - tapY(a);
    int dx = tapX(b) - tapX(a);
    List<Integer> places = new ArrayList<>();
    for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
      boolean rowCounts = within(y + window.top() - tapY(a), outputHeight());
      for (int x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
        if (!rowCounts || !within(x + window.left() - tapX(a), outputWidth())) {
          places.add((y + window.top()) * pitch() + window.left() + x);
        }
      }
    }
    return places.stream().mapToInt(p -> p).toArray();
  }

  private static boolean within(int position, int count) {
    return position >= 0 && position < count;
  }
}
