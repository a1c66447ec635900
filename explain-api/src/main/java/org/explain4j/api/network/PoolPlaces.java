package org.explain4j.api.network;

/**
 * The places of a pooling window on a plane, row-major: for each the pixels it covers, clipped to
 * the image.
 */
record PoolPlaces(
    int[] top,
    int[] bottom,
    int[] left,
    int[] right,
    int[] rowPixels,
    int[] columnPixels,
    int stepY,
    int stepX,
    int width) {

  static PoolPlaces of(Window window, int height, int width, int rows, int columns) {
    int[][] y =
        axis(
            height,
            rows,
            window.strideY(),
            window.extentY(),
            window.dilationY(),
            window.top(),
            window.bottom());
    int[][] x =
        axis(
            width,
            columns,
            window.strideX(),
            window.extentX(),
            window.dilationX(),
            window.left(),
            window.right());
    return new PoolPlaces(
        y[0], y[1], x[0], x[1], y[2], x[2], window.dilationY(), window.dilationX(), width);
  }

  /** For each position: first pixel, end (exclusive), and taps on image or padding. */
  private static int[][] axis(
      int size, int positions, int stride, int extent, int step, int before, int after) {
    int[][] axis = new int[3][positions];
    for (int i = 0; i < positions; i++) {
      int from = i * stride - before;
      axis[0][i] = from < 0 ? from + (-from + step - 1) / step * step : from;
      axis[1][i] = Math.min(from + extent, size);
      axis[2][i] = (Math.min(from + extent, size + after) - from + step - 1) / step;
    }
    return axis;
  }

  int count() {
    return top.length * left.length;
  }

  /** Index of the first largest pixel, row-major. */
  int firstMaximum(int place, double[] plane) {
    int row = place / left.length;
    int column = place - row * left.length;
    int x0 = left[column];
    int x1 = right[column];
    int best = top[row] * width + x0;
    double largest = plane[best];
    for (int y = top[row]; y < bottom[row]; y += stepY) {
      for (int i = y * width + x0; i < y * width + x1; i += stepX) {
        if (plane[i] > largest) {
          largest = plane[i];
          best = i;
        }
      }
    }
    return best;
  }

  double sum(int place, double[] plane) {
    int row = place / left.length;
    int column = place - row * left.length;
    double sum = 0;
    for (int y = top[row]; y < bottom[row]; y += stepY) {
      for (int x = left[column]; x < right[column]; x += stepX) {
        sum += plane[y * width + x];
      }
    }
    return sum;
  }

  /** Adds a value to every pixel of a place. */
  void spread(int place, double value, double[] plane) {
    int row = place / left.length;
    int column = place - row * left.length;
    for (int y = top[row]; y < bottom[row]; y += stepY) {
      for (int x = left[column]; x < right[column]; x += stepX) {
        plane[y * width + x] += value;
      }
    }
  }

  /** Number of pixels that a mean divides by; pixels beyond the padding never count. */
  int pixels(int place, boolean countPadding) {
    int row = place / left.length;
    int column = place - row * left.length;
    if (countPadding) {
      return rowPixels[row] * columnPixels[column];
    }
    return (bottom[row] - top[row] + stepY - 1)
        / stepY
        * ((right[column] - left[column] + stepX - 1) / stepX);
  }
}
