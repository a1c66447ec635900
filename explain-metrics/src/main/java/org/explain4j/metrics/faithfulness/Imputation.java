package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.explain4j.metrics.features.Pixels;

/**
 * Linear imputation of missing pixels (Rong et al. 2022, arXiv 2202.00449, section 4.2): each is
 * the weighted mean of its neighbours in the image, with 1/6 for those beside it and 1/12 for
 * diagonal ones, rescaled at the edges; neighbours may be missing too. The system is symmetric and
 * positive definite. Numbered by row, a pixel's neighbours are at most a row apart: small images
 * are solved by Cholesky's factorisation, once for all channels; large ones, whose factor would
 * take too much memory, by conjugate gradients with the diagonal as preconditioner.
 */
final class Imputation {
  private static final double BESIDE = 1.0 / 6;
  private static final double DIAGONAL = 1.0 / 12;
  private static final double TOLERANCE = 1e-11;

  /** Numbers in a factor: 8 MiB, for each thread. */
  private static final long LARGEST_FACTOR = 1 << 20;

  /** Steps to the neighbours: those beside a pixel first. */
  private static final int[] DOWN = {-1, 1, 0, 0, -1, -1, 1, 1};

  private static final int[] RIGHT = {0, 0, -1, 1, -1, 1, -1, 1};

  private static final int AROUND = 8;
  private static final int KNOWN = -1;
  private static final int OUTSIDE = -2;

  private final Pixels pixels;
  private final int[] missing; // by row
  private final int[] neighbours; // of each missing pixel: numbers of missing ones, or as above
  private final double[] diagonal;

  /**
   * @param missing the pixels to impute; not all
   */
  Imputation(Pixels pixels, int[] missing) {
    this.pixels = pixels;
    this.missing = new int[missing.length];
    this.neighbours = new int[AROUND * missing.length];
    this.diagonal = new double[missing.length];
    int[] numbers = new int[pixels.count()];
    Arrays.fill(numbers, KNOWN);
    for (int pixel : missing) {
      numbers[pixel] = 0;
    }
    int count = 0;
    for (int pixel = 0; pixel < numbers.length; pixel++) {
      if (numbers[pixel] != KNOWN) {
        numbers[pixel] = count;
        this.missing[count++] = pixel;
      }
    }
    for (int m = 0; m < missing.length; m++) {
      for (int k = 0; k < AROUND; k++) {
        int place = place(this.missing[m], k);
        neighbours[AROUND * m + k] = place == OUTSIDE ? OUTSIDE : numbers[place];
        diagonal[m] += place == OUTSIDE ? 0 : weight(k);
      }
    }
  }

  private static double weight(int k) {
    return k < AROUND / 2 ? BESIDE : DIAGONAL;
  }

  /** The pixel's neighbour, or OUTSIDE. */
  private int place(int pixel, int k) {
    int y = pixel / pixels.width() + DOWN[k];
    int x = pixel % pixels.width() + RIGHT[k];
    boolean inside = y >= 0 && y < pixels.height() && x >= 0 && x < pixels.width();
    return inside ? y * pixels.width() + x : OUTSIDE;
  }

  /** Replaces the missing pixels of each channel, {@code [c*h*w]}. */
  void impute(double[] picture) {
    int band = band();
    boolean small = (long) missing.length * (band + 1) <= LARGEST_FACTOR;
    UnaryOperator<double[]> solver = small ? factored(band) : this::conjugateGradients;
    for (int channel = 0; channel < pixels.channels(); channel++) {
      int offset = channel * pixels.count();
      double[] solution = solver.apply(known(picture, offset));
      for (int m = 0; m < missing.length; m++) {
        picture[offset + missing[m]] = solution[m];
      }
    }
  }

  /** What the known neighbours say of each missing pixel: the right-hand side. */
  private double[] known(double[] picture, int offset) {
    double[] sums = new double[missing.length];
    for (int m = 0; m < sums.length; m++) {
      for (int k = 0; k < AROUND; k++) {
        if (neighbours[AROUND * m + k] == KNOWN) {
          sums[m] += weight(k) * picture[offset + place(missing[m], k)];
        }
      }
    }
    return sums;
  }

  private int band() {
    int band = 0;
    for (int m = 0; m < missing.length; m++) {
      for (int k = 0; k < AROUND; k++) {
        band = Math.max(band, neighbours[AROUND * m + k] - m);
      }
    }
    return band;
  }

  UnaryOperator<double[]> factored(int band) {
    BandedCholesky system = new BandedCholesky(missing.length, band);
    for (int m = 0; m < missing.length; m++) {
      system.set(m, m, diagonal[m]);
      for (int k = 0; k < AROUND; k++) {
        int other = neighbours[AROUND * m + k];
        if (other > m) {
          system.set(other, m, -weight(k));
        }
      }
    }
    system.factor();
    return sums -> {
      system.solve(sums);
      return sums;
    };
  }

  /**
   * @param residual the right-hand side, which is used up
   */
  double[] conjugateGradients(double[] residual) {
    int n = residual.length;
    double[] x = new double[n];
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
        double sum =
            diagonal[m] * direction[m]
                - BESIDE * around(direction, m, 0)
                - DIAGONAL * around(direction, m, AROUND / 2);
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
    return x;
  }

  /** The sum over four neighbours that are missing too. */
  private double around(double[] values, int m, int from) {
    double sum = 0;
    for (int k = AROUND * m + from; k < AROUND * m + from + AROUND / 2; k++) {
      sum += neighbours[k] < 0 ? 0 : values[neighbours[k]];
    }
    return sum;
  }
}
