package org.explain4j.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What rho needs to know of a split, for each image or group of images: for every neuron the number
 * of samples n and the sums of t, p, t^2, tp and p^2, with the target t and {@code p = v'd^}.
 * Patches of one image are not independent; images are, and are resampled as a whole.
 *
 * @param sums {@code [groups][6 k]}: the six sums of neuron 0, of neuron 1 and so on
 */
public record ImageSums(double[][] sums) {
  static final int N = 0;
  static final int T = 1;
  static final int P = 2;
  static final int TT = 3;
  static final int TP = 4;
  static final int PP = 5;
  static final int SUMS = 6;

  /** Neurons that are resampled at a time. */
  private static final int BLOCK = 64;

  /** Number of neurons, k. */
  public int neurons() {
    return sums[0].length / SUMS;
  }

  /** Number of images, or of groups of them. */
  public int groups() {
    return sums.length;
  }

  /** rho of each neuron on the whole split; NaN where the target or v'd^ is constant. */
  public double[] rho() {
    return rho(whole());
  }

  private double[] whole() {
    double[] all = new double[sums[0].length];
    for (double[] group : sums) {
      Arrays.setAll(all, i -> all[i] + group[i]);
    }
    return all;
  }

  /** rho of each neuron on all groups but one, {@code [groups][k]}: each is left out in turn. */
  public double[][] jackknife() {
    double[] whole = whole();
    return Arrays.stream(sums)
        .map(group -> rho(IntStream.range(0, whole.length).mapToDouble(i -> whole[i] - group[i])))
        .toArray(double[][]::new);
  }

  private static double[] rho(DoubleStream sums) {
    return rho(sums.toArray());
  }

  /**
   * rho of each neuron on resamples of the images, with replacement: their spread is what other
   * images would show with the same v and patterns. The same seed and number of groups give the
   * same resamples, so differences between estimators are paired.
   *
   * @param draws number of resamples
   * @param seed at least 1
   * @return {@code [draws][k]}
   * @throws IllegalArgumentException if there are fewer than two groups
   */
  public double[][] resampled(int draws, long seed) {
    if (groups() < 2 || seed < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Resampling takes two groups of images (there are %d) and a seed of at least 1 (%d).",
              groups(),
              seed));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[][] counts = new double[draws][groups()];
    for (double[] count : counts) {
      for (int i = 0; i < count.length; i++) {
        count[random.nextInt(count.length)]++;
      }
    }
    double[][] rho = new double[draws][neurons()];
    try (INDArray weights = Nd4j.createFromArray(counts)) {
      for (int from = 0; from < neurons(); from += BLOCK) {
        block(weights, from, Math.min(neurons(), from + BLOCK), rho);
      }
    }
    return rho;
  }

  /** Some neurons at a time, which bounds memory. */
  private void block(INDArray weights, int from, int to, double[][] rho) {
    double[][] part =
        Arrays.stream(sums)
            .map(group -> Arrays.copyOfRange(group, SUMS * from, SUMS * to))
            .toArray(double[][]::new);
    try (INDArray all = Nd4j.createFromArray(part);
        INDArray drawn = weights.mmul(all);
        INDArray byRow = drawn.dup('c')) {
      double[] numbers = byRow.data().asDouble(); // an array for each row takes far longer
      for (int draw = 0; draw < rho.length; draw++) {
        for (int j = from; j < to; j++) {
          rho[draw][j] = rho(numbers, SUMS * (draw * (to - from) + j - from));
        }
      }
    }
  }

  private static double[] rho(double[] sums) {
    return IntStream.range(0, sums.length / SUMS).mapToDouble(j -> rho(sums, SUMS * j)).toArray();
  }

  private static double rho(double[] sums, int j) {
    double n = sums[j + N];
    double meanT = sums[j + T] / n;
    double meanP = sums[j + P] / n;
    double varT = variance(sums[j + TT] / n, meanT);
    double varP = variance(sums[j + PP] / n, meanP);
    double covariance = sums[j + TP] / n - meanT * meanP;
    return varT > 0 && varP > 0 ? 1 - covariance / Math.sqrt(varP * varT) : Double.NaN;
  }

  /** Exactly 0 where only rounding is left. */
  private static double variance(double square, double mean) {
    double variance = square - mean * mean;
    return variance > 1e-12 * square ? variance : 0;
  }

  /**
   * How many independent samples would carry as much information on the regression of p on t as
   * these, which come in images: {@code n s_iid / s_images}. Both are variances of the slope:
   * {@code s_iid} as if all samples were independent, {@code s_images} that of the jackknife over
   * images to first order:
   *
   * <pre>s_iid = sum(t^2) sum(e^2) / n,   s_images = sum over images of (sum of t e)^2,
   * e = p - slope t,   t and p centred
   * </pre>
   *
   * Each is averaged over the neurons, so no single neuron's noise decides. With {@code p} a random
   * combination of the layer's inputs (v random, patterns 0) this is, on split A, the n that
   * determines a pattern's error, and on split B that of v.
   *
   * @return a number between that of groups, which are independent, and that of samples; NaN if no
   *     neuron varies
   */
  public double effectiveSamples() {
    double independent = 0;
    double grouped = 0;
    double n = 0;
    double[] whole = whole();
    for (int j = 0; j < neurons(); j++) {
      double[] all = Arrays.copyOfRange(whole, SUMS * j, SUMS * (j + 1));
      n = all[N];
      double meanT = all[T] / n;
      double meanP = all[P] / n;
      double varT = variance(all[TT] / n, meanT);
      double varP = variance(all[PP] / n, meanP);
      if (varT > 0 && varP > 0) {
        double slope = (all[TP] / n - meanT * meanP) / varT;
        double scale = 1 / (varT * varP);
        independent += n * scale * varT * (varP - slope * slope * varT);
        grouped += scale * scores(j, meanT, meanP, slope);
      }
    }
    return independent > 0
        ? Math.min(n, Math.max(groups(), n * independent / grouped))
        : Double.NaN;
  }

  /** Sum over groups of the square of the sum of t e. */
  private double scores(int j, double meanT, double meanP, double slope) {
    double squares = 0;
    for (double[] group : sums) {
      int at = SUMS * j;
      double n = group[at + N];
      double tp =
          group[at + TP] - meanT * group[at + P] - meanP * group[at + T] + n * meanT * meanP;
      double tt = group[at + TT] - 2 * meanT * group[at + T] + n * meanT * meanT;
      double score = tp - slope * tt;
      squares += score * score;
    }
    return squares;
  }
}
