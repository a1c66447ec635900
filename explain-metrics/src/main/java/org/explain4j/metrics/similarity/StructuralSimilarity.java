package org.explain4j.metrics.similarity;

import java.util.stream.DoubleStream;

/**
 * The structural similarity index (Wang et al. 2004, "Image quality assessment: from error
 * visibility to structural similarity", IEEE TIP 13): mean over the places where a Gaussian window
 * of 11 x 11, sigma 1.5, lies within the image, with K1 = .01 and K2 = .03. The window of a smaller
 * image is as large as fits.
 *
 * @param height of the images
 * @param width of the images
 * @param window weights of a row or column of the window, whose sum is 1
 */
public record StructuralSimilarity(int height, int width, double[] window) {
  private static final int SIDE = 11;
  private static final double SIGMA = 1.5;
  private static final double K1 = 0.01;
  private static final double K2 = 0.03;

  /** For images of a size. */
  public static StructuralSimilarity of(int height, int width) {
    int side = Math.min(SIDE, Math.min(height, width));
    double[] window = new double[side];
    for (int i = 0; i < side; i++) {
      double distance = i - (side - 1) / 2.0;
      window[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
    }
    double sum = DoubleStream.of(window).sum();
    return new StructuralSimilarity(
        height, width, DoubleStream.of(window).map(weight -> weight / sum).toArray());
  }

  /**
   * Of two images, row by row.
   *
   * @param range largest value minus smallest
   */
  public double of(double[] a, double[] b, double range) {
    double c1 = K1 * range * (K1 * range);
    double c2 = K2 * range * (K2 * range);
    double[] meanA = blurred(a);
    double[] meanB = blurred(b);
    double[] aa = blurred(product(a, a));
    double[] bb = blurred(product(b, b));
    double[] ab = blurred(product(a, b));
    double sum = 0;
    for (int i = 0; i < meanA.length; i++) {
      double means = meanA[i] * meanB[i];
      double squares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
      double variances = aa[i] + bb[i] - squares;
      sum += (2 * means + c1) * (2 * (ab[i] - means) + c2) / ((squares + c1) * (variances + c2));
    }
    return sum / meanA.length;
  }

  /**
   * Of two maps, each divided by its largest absolute value; the range is that of both. Missing
   * (NaN) if one is constant, or for a single row.
   */
  public static double scaled(double[] a, double[] b, int height, int width) {
    if (height == 1 || Correlation.isConstant(a) || Correlation.isConstant(b)) {
      return Double.NaN;
    }
    double[] one = scaled(a);
    double[] other = scaled(b);
    return of(height, width).of(one, other, range(one, other));
  }

  static double[] scaled(double... values) {
    double largest = DoubleStream.of(values).map(Math::abs).max().orElseThrow();
    return DoubleStream.of(values).map(value -> value / largest).toArray();
  }

  /** Largest value of both minus smallest. */
  static double range(double[] a, double[] b) {
    return Math.max(DoubleStream.of(a).max().orElseThrow(), DoubleStream.of(b).max().orElseThrow())
        - Math.min(DoubleStream.of(a).min().orElseThrow(), DoubleStream.of(b).min().orElseThrow());
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  /** Weighted means where the window lies within the image: along rows, then along columns. */
  private double[] blurred(double[] image) {
    int columns = width - window.length + 1;
    int rows = height - window.length + 1;
    double[] along = new double[height * columns];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
          sum += window[i] * image[y * width + x + i];
        }
        along[y * columns + x] = sum;
      }
    }
    double[] across = new double[rows * columns];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 0;
        for (int i = 0; i < window.length; i++) {
          sum += window[i] * along[(y + i) * columns + x];
        }
        across[y * columns + x] = sum;
      }
    }
    return across;
  }
}
