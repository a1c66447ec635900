package org.explain4j.datasets.generated;

import java.util.SplittableRandom;

/** The noise that an image's signal is hidden in: of mean 0, with the same variance everywhere. */
public enum Background {
  /** Independent Gaussian noise. */
  WHITE,

  /**
   * Gaussian noise smoothed by a Gaussian filter, which makes the pixels beside the signal
   * suppressors: they say nothing of the class, but a good filter weighs them to cancel the noise
   * (Haufe et al. 2014, doi:10.1016/j.neuroimage.2013.10.067).
   */
  CORRELATED;

  /** Side of the smallest image. */
  static final int UNIT = 8;

  /**
   * The filter's standard deviation in pixels of the smallest image. With more, the noise's
   * covariance is so near to singular (condition 570 here, two million at 1) that networks stop
   * learning long before they cancel it.
   */
  private static final double DEVIATION = 0.7;

  /**
   * One axis of the smoothing, {@code [side][side]}: the filter centred on each pixel, cut off at
   * the border. Rows have length 1, so that pixels keep their variance.
   */
  double[][] filter(int side) {
    double deviation = DEVIATION * side / UNIT;
    double[][] rows = new double[side][side];
    for (int i = 0; i < side; i++) {
      double squares = 0;
      for (int k = 0; k < side; k++) {
        double distance = (i - k) / deviation;
        rows[i][k] = this == WHITE ? (i == k ? 1 : 0) : Math.exp(-distance * distance / 2);
        squares += rows[i][k] * rows[i][k];
      }
      for (int k = 0; k < side; k++) {
        rows[i][k] /= Math.sqrt(squares);
      }
    }
    return rows;
  }

  /** Draws an image {@code [h*w]} whose squared length is 1 on average. */
  static double[] draw(double[][] filter, SplittableRandom random) {
    int side = filter.length;
    double[] white = new double[side * side];
    for (int i = 0; i < white.length; i++) {
      white[i] = random.nextGaussian() / side;
    }
    return along(filter, along(filter, white));
  }

  /** Filters the columns and transposes the image; twice, it filters both axes. */
  private static double[] along(double[][] filter, double... image) {
    int side = filter.length;
    double[] filtered = new double[image.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double sum = 0;
        for (int k = 0; k < side; k++) {
          sum += filter[y][k] * image[k * side + x];
        }
        filtered[x * side + y] = sum;
      }
    }
    return filtered;
  }
}
