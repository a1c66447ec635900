package org.explain4j.network.arrays;

/**
 * The places of a pooling window on a plane: for each row and column of places the pixels that it
 * covers, clipped to the image.
 *
 * @param top first row of pixels, of each row of places; {@code bottom} is exclusive
 * @param rowTaps pixels in a column of the window, on the image or its padding
 */
public record PoolPlaces(
    int[] top,
    int[] bottom,
    int[] left,
    int[] right,
    int[] rowTaps,
    int[] columnTaps,
    int stepY,
    int stepX,
    int width) {

  /** What the sum over a window is divided by; pixels beyond the padding never count. */
  public enum Divisor {
    /** Nothing: the sum. */
    ONE,
    /** The number of the image's pixels. */
    PIXELS,
    /** The number of pixels, padded zeros included. */
    WINDOW
  }

  public int count() {
    return top.length * left.length;
  }

  /** Whether the windows are 2x2 pixels, side by side, as in most networks. */
  boolean quarters() {
    return stepY == 1 && stepX == 1 && pairs(top, bottom) && pairs(left, right);
  }

  private static boolean pairs(int[] from, int[] to) {
    for (int i = 0; i < from.length; i++) {
      if (from[i] != 2 * i || to[i] != 2 * i + 2) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes each message to the first largest of its 2x2 pixels and 0 to the others, without a
   * branch that depends on data.
   */
  void spreadQuarters(float[] plane, float[] messages, float[] target) {
    for (int row = 0, place = 0; row < top.length; row++) {
      int i = top[row] * width;
      int j = i + width;
      for (int column = 0; column < left.length; column++, place++, i += 2, j += 2) {
        int a = order(plane[i]);
        int b = order(plane[i + 1]);
        int c = order(plane[j]);
        int largest = Math.max(Math.max(a, b), Math.max(c, order(plane[j + 1])));
        int afterA = below(a, largest);
        int afterB = afterA & below(b, largest);
        int afterC = afterB & below(c, largest);
        int message = Float.floatToRawIntBits(messages[place]);
        target[i] = Float.intBitsToFloat(message & ~afterA);
        target[i + 1] = Float.intBitsToFloat(message & afterA & ~afterB);
        target[j] = Float.intBitsToFloat(message & afterB & ~afterC);
        target[j + 1] = Float.intBitsToFloat(message & afterC);
      }
    }
  }

  /** A number's place among all: integers in the order of the floats, 0 and -0 equal. */
  static int order(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >> 31;
    return ((bits & Integer.MAX_VALUE) ^ sign) - sign;
  }

  /** All ones where a number is below the largest, else 0. */
  private static int below(int number, int largest) {
    return (int) (((long) number - largest) >> 63);
  }

  /** For each place, row-major, the lower half of its largest key. */
  void largestKeys(long[] keys, int[] lowerHalves) {
    for (int row = 0, place = 0; row < top.length; row++) {
      int y0 = top[row] * width;
      int y1 = bottom[row] * width;
      for (int column = 0; column < left.length; column++, place++) {
        int x0 = left[column];
        int x1 = right[column];
        long largest = Long.MIN_VALUE;
        for (int y = y0; y < y1; y += stepY * width) {
          for (int i = y + x0; i < y + x1; i += stepX) {
            largest = Math.max(largest, keys[i]);
          }
        }
        lowerHalves[place] = (int) largest;
      }
    }
  }

  /** For each place, row-major, the index of its first largest pixel. */
  void firstMaxima(double[] plane, int[] indices) {
    for (int row = 0, place = 0; row < top.length; row++) {
      for (int column = 0; column < left.length; column++, place++) {
        int best = top[row] * width + left[column];
        for (int y = top[row] * width; y < bottom[row] * width; y += stepY * width) {
          for (int i = y + left[column]; i < y + right[column]; i += stepX) {
            best = plane[i] > plane[best] ? i : best;
          }
        }
        indices[place] = best;
      }
    }
  }

  /** For each place, row-major, its largest pixel: first that of each column, then across. */
  void maxima(float[] plane, float[] maxima) {
    float[] line = new float[width];
    for (int row = 0, place = 0; row < top.length; row++) {
      System.arraycopy(plane, top[row] * width, line, 0, width);
      for (int y = top[row] + stepY; y < bottom[row]; y += stepY) {
        int start = y * width;
        for (int x = 0; x < line.length; x++) {
          line[x] = Math.max(line[x], plane[start + x]);
        }
      }
      for (int column = 0; column < left.length; column++, place++) {
        float largest = line[left[column]];
        for (int x = left[column] + stepX; x < right[column]; x += stepX) {
          largest = Math.max(largest, line[x]);
        }
        maxima[place] = largest;
      }
    }
  }

  /** For each place, row-major, the sum of its pixels over the divisor. */
  public void means(KernelPlane plane, Divisor divisor, KernelPlane means) {
    for (int row = 0, place = 0; row < top.length; row++) {
      for (int column = 0; column < left.length; column++, place++) {
        double sum = 0;
        for (int y = top[row]; y < bottom[row]; y += stepY) {
          for (int x = left[column]; x < right[column]; x += stepX) {
            sum += plane.get(y * width + x);
          }
        }
        means.set(place, sum / divisor(row, column, divisor));
      }
    }
  }

  /** The transpose of {@link #means}, added to {@code plane}. */
  public void spread(KernelPlane means, Divisor divisor, KernelPlane plane) {
    for (int row = 0, place = 0; row < top.length; row++) {
      for (int column = 0; column < left.length; column++, place++) {
        double share = means.get(place) / divisor(row, column, divisor);
        for (int y = top[row]; y < bottom[row]; y += stepY) {
          for (int x = left[column]; x < right[column]; x += stepX) {
            int i = y * width + x;
            plane.set(i, plane.get(i) + share);
          }
        }
      }
    }
  }

  private int divisor(int row, int column, Divisor divisor) {
    return switch (divisor) {
      case ONE -> 1;
      case WINDOW -> rowTaps[row] * columnTaps[column];
      case PIXELS ->
          (bottom[row] - top[row] + stepY - 1)
              / stepY
              * ((right[column] - left[column] + stepX - 1) / stepX);
    };
  }
}
