package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;

/**
 * Resizes with a triangle filter as wide as a pixel of the smaller image: what Pillow, and so
 * torchvision, call bilinear, to the last bit: weights are fixed-point numbers, and rows are
 * rounded to bytes before columns are weighted. (Java2D's bilinear looks at four pixels however
 * much it shrinks, which aliases; ImageIO's relatives fall back on it.) At the border the weights
 * that are left are normalised.
 */
final class Resampling {
  /** Bits after the point: Pillow's {@code PRECISION_BITS}. */
  private static final int FRACTION = 32 - 8 - 2;

  private static final int HALF = 1 << (FRACTION - 1);

  private Resampling() {}

  /**
   * @param image of {@link BufferedImage#TYPE_INT_RGB}, as is the result
   */
  static BufferedImage resize(BufferedImage image, int width, int height) {
    Weights across = Weights.of(image.getWidth(), width);
    Weights down = Weights.of(image.getHeight(), height);
    int[][] rows = new int[image.getHeight()][];
    int[] pixels = new int[image.getWidth()];
    for (int y = 0; y < rows.length; y++) {
      image.getRaster().getDataElements(0, y, pixels.length, 1, pixels);
      rows[y] = width == pixels.length ? pixels.clone() : across(pixels, across);
    }
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int[] row = height == rows.length ? rows[y] : down(rows, down, y);
      result.getRaster().setDataElements(0, y, width, 1, row);
    }
    return result;
  }

  private static int[] across(int[] pixels, Weights weights) {
    int[] row = new int[weights.first().length];
    for (int x = 0; x < row.length; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int[] values = weights.values()[x];
      for (int k = 0; k < values.length; k++) {
        int rgb = pixels[weights.first()[x] + k];
        red += values[k] * ((rgb >> 16) & 0xff);
        green += values[k] * ((rgb >> 8) & 0xff);
        blue += values[k] * (rgb & 0xff);
      }
      row[x] = colour(red, green, blue);
    }
    return row;
  }

  private static int[] down(int[][] rows, Weights weights, int y) {
    int[] row = new int[rows[0].length];
    int[] values = weights.values()[y];
    for (int x = 0; x < row.length; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (int k = 0; k < values.length; k++) {
        int rgb = rows[weights.first()[y] + k][x];
        red += values[k] * ((rgb >> 16) & 0xff);
        green += values[k] * ((rgb >> 8) & 0xff);
        blue += values[k] * (rgb & 0xff);
      }
      row[x] = colour(red, green, blue);
    }
    return row;
  }

  private static int colour(int red, int green, int blue) {
    return (byteOf(red) << 16) | (byteOf(green) << 8) | byteOf(blue);
  }

  private static int byteOf(int sum) {
    return Math.max(0, Math.min(255, sum >> FRACTION));
  }

  /**
   * What each place of the result takes from the source.
   *
   * @param first place of the source
   * @param values weights of it and of those that follow, with sum 1 in fixed-point numbers
   */
  private record Weights(int[] first, int[][] values) {

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(1, scale);
      int[] first = new int[to];
      int[][] values = new int[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(from, (int) (centre + support + 0.5));
        double[] weights = new double[end - first[i]];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          weights[k] = triangle((k + first[i] - centre + 0.5) / support);
          sum += weights[k];
        }
        values[i] = new int[weights.length];
        for (int k = 0; k < weights.length; k++) {
          values[i][k] = (int) (0.5 + weights[k] / sum * (1 << FRACTION));
        }
      }
      return new Weights(first, values);
    }

    private static double triangle(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  }
}
