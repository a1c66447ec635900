package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import org.explain4j.metrics.features.Pixels;

/**
 * Linear imputation of missing pixels (Rong et al. 2022, arXiv 2202.00449, section 4.2): each is
 * the weighted mean of its neighbours in the image, with 1/6 for those beside it and 1/12 for
 * diagonal ones, rescaled at the edges; neighbours may be missing too. The system is symmetric and
 * positive definite, and is solved by conjugate gradients with the diagonal as preconditioner.
 */
final class Imputation {
  private static final double BESIDE = 1.0 / 6;
  private static final double DIAGONAL = 1.0 / 12;
  private static final double TOLERANCE = 1e-12;

  private final Pixels pixels;
  private final int[] missing;
  private final int[][] neighbours; // of each missing pixel: indices of pixels
  private final double[][] weights;
  private final double[] diagonal;

  /**
   * @param missing the pixels to impute; not all
   */
  Imputation(Pixels pixels, int[] missing) {
    this.pixels = pixels;
    this.missing = missing;
    this.neighbours = new int[missing.length][];
    this.weights = new double[missing.length][];
    this.diagonal = new double[missing.length];
    for (int m = 0; m < missing.length; m++) {
      look(m);
    }
  }

  private void look(int m) {
    int y = missing[m] / pixels.width();
    int x = missing[m] % pixels.width();
    int[] places = new int[8];
    double[] shares = new double[8];
    int found = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        boolean inside =
            y + dy >= 0 && y + dy < pixels.height() && x + dx >= 0 && x + dx < pixels.width();
        if (inside && (dy != 0 || dx != 0)) {
          places[found] = missing[m] + dy * pixels.width() + dx;
          shares[found] = dy == 0 || dx == 0 ? BESIDE : DIAGONAL;
          diagonal[m] += shares[found++];
        }
      }
    }
    neighbours[m] = Arrays.copyOf(places, found);
    weights[m] = Arrays.copyOf(shares, found);
  }

  /** Replaces the missing pixels of each channel, {@code [c*h*w]}. */
  void impute(double[] picture) {
    for (int channel = 0; channel < pixels.channels(); channel++) {
      solve(picture, channel * pixels.count());
    }
  }

  private void solve(double[] picture, int offset) {
    int n = missing.length;
    int[] unknown = new int[pixels.count()];
    Arrays.fill(unknown, -1);
    for (int m = 0; m < n; m++) {
      unknown[missing[m]] = m;
    }
    double[] x = new double[n];
    double[] residual = new double[n];
    for (int m = 0; m < n; m++) {
      for (int k = 0; k < neighbours[m].length; k++) {
        if (unknown[neighbours[m][k]] < 0) {
          residual[m] += weights[m][k] * picture[offset + neighbours[m][k]];
        }
      }
    }
    conjugateGradients(x, residual, unknown);
    for (int m = 0; m < n; m++) {
      picture[offset + missing[m]] = x[m];
    }
  }

  /**
   * @param x zeros, which become the solution
   * @param residual the right-hand side
   * @param unknown the number of each missing pixel, -1 for others
   */
  private void conjugateGradients(double[] x, double[] residual, int[] unknown) {
    int n = x.length;
    double[] direction = new double[n];
    double[] applied = new double[n];
    double size = 0;
    for (int m = 0; m < n; m++) {
      direction[m] = residual[m] / diagonal[m];
      size += residual[m] * direction[m];
    }
    double enough = size * TOLERANCE * TOLERANCE;
    for (int iteration = 0; size > enough && iteration < 10 * n; iteration++) {
      double curvature = 0;
      for (int m = 0; m < n; m++) {
        double sum = diagonal[m] * direction[m];
        for (int k = 0; k < neighbours[m].length; k++) {
          int other = unknown[neighbours[m][k]];
          sum -= other < 0 ? 0 : weights[m][k] * direction[other];
        }
        applied[m] = sum;
        curvature += sum * direction[m];
      }
      double step = size / curvature;
      double next = 0;
      for (int m = 0; m < n; m++) {
        x[m] += step * direction[m];
        residual[m] -= step * applied[m];
        next += residual[m] * residual[m] / diagonal[m];
      }
      double kept = next / size;
      for (int m = 0; m < n; m++) {
        direction[m] = residual[m] / diagonal[m] + kept * direction[m];
      }
      size = next;
    }
  }
}
