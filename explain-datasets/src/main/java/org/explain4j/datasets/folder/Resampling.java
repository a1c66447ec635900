package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;

/**
 * Resizes with a triangle filter as wide as a pixel of the smaller image: what Pillow, and so
 * torchvision, call bilinear. (Java2D's bilinear looks at four pixels however much it shrinks,
 * which aliases; ImageIO's relatives fall back on it.) At the border the weights that are left are
 * normalised.
 */
final class Resampling {
  private Resampling() {}

  /**
   * @param image of {@link BufferedImage#TYPE_INT_RGB}, as is the result
   */
  static BufferedImage resize(BufferedImage image, int width, int height) {
    Weights across = Weights.of(image.getWidth(), width);
    Weights down = Weights.of(image.getHeight(), height);
    float[][] rows = new float[image.getHeight()][];
    int[] pixels = new int[image.getWidth()];
    for (int y = 0; y < rows.length; y++) {
      image.getRaster().getDataElements(0, y, pixels.length, 1, pixels);
      rows[y] = across(pixels, across);
    }
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      float[] row = new float[3 * width];
      float[] weights = down.values()[y];
      for (int k = 0; k < weights.length; k++) {
        float[] source = rows[down.first()[y] + k];
        for (int i = 0; i < row.length; i++) {
          row[i] += weights[k] * source[i];
        }
      }
      result.getRaster().setDataElements(0, y, width, 1, rounded(row));
    }
    return result;
  }

  /** One row of red, green, blue triples. */
  private static float[] across(int[] pixels, Weights weights) {
    float[] row = new float[3 * weights.first().length];
    for (int x = 0; x < weights.first().length; x++) {
      float[] values = weights.values()[x];
      for (int k = 0; k < values.length; k++) {
        int rgb = pixels[weights.first()[x] + k];
        row[3 * x] += values[k] * ((rgb >> 16) & 0xff);
        row[3 * x + 1] += values[k] * ((rgb >> 8) & 0xff);
        row[3 * x + 2] += values[k] * (rgb & 0xff);
      }
    }
    return row;
  }

  private static int[] rounded(float[] row) {
    int[] pixels = new int[row.length / 3];
    for (int x = 0; x < pixels.length; x++) {
      pixels[x] =
          (Math.round(row[3 * x]) << 16)
              | (Math.round(row[3 * x + 1]) << 8)
              | Math.round(row[3 * x + 2]);
    }
    return pixels;
  }

  /**
   * What each place of the result takes from the source.
   *
   * @param first place of the source
   * @param values weights of it and of those that follow, with sum 1
   */
  private record Weights(int[] first, float[][] values) {

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(1, scale);
      int[] first = new int[to];
      float[][] values = new float[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) Math.floor(centre - support));
        int last = Math.min(from - 1, (int) Math.ceil(centre + support));
        values[i] = new float[last - first[i] + 1];
        double sum = 0;
        for (int k = first[i]; k <= last; k++) {
          sum += triangle((k + 0.5 - centre) / support);
        }
        for (int k = first[i]; k <= last; k++) {
          values[i][k - first[i]] = (float) (triangle((k + 0.5 - centre) / support) / sum);
        }
      }
      return new Weights(first, values);
    }

    private static double triangle(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  }
}
