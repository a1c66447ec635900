package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.RankingAlgorithm;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * Whether treatments differ over blocks, by ranks alone: Friedman's test with its correction for
 * ties, and Nemenyi's critical difference between mean ranks (Demšar 2006, JMLR 7).
 *
 * @param ranks {@code [block][treatment]}, 1 for the smallest; equal ones share the mean of theirs
 * @param statistic chi-squared with {@code treatments - 1} degrees of freedom if none differ; NaN
 *     where all are equal in every block
 * @param pValue 1 where all are equal in every block
 */
public record Friedman(double[][] ranks, double statistic, double pValue) {
  private static final RankingAlgorithm RANKING = new NaturalRanking(TiesStrategy.AVERAGE);

  /**
   * @param values {@code [block][treatment]}, at least one block and two treatments, without NaN
   * @throws IllegalArgumentException if they are not so
   */
  public static Friedman of(double[][] values) {
    int treatments = values.length == 0 ? 0 : values[0].length;
    if (treatments < 2
        || Arrays.stream(values)
            .anyMatch(v -> v.length != treatments || Arrays.stream(v).anyMatch(Double::isNaN))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d blocks of %d treatments cannot be compared: each needs a number of each of at"
                  + " least two.",
              values.length,
              treatments));
    }
    double[][] ranks = Arrays.stream(values).map(RANKING).toArray(double[][]::new);
    int n = values.length;
    double k = treatments;
    double squares = 0;
    for (double mean : means(ranks)) {
      squares += mean * n * mean * n;
    }
    double ties = Arrays.stream(ranks).mapToDouble(Friedman::ties).sum();
    double correction = 1 - ties / (n * k * (k * k - 1));
    double statistic =
        correction <= 0
            ? Double.NaN
            : (12 / (n * k * (k + 1)) * squares - 3 * n * (k + 1)) / correction;
    double p =
        Double.isNaN(statistic)
            ? 1
            : ChiSquaredDistribution.of(k - 1).survivalProbability(Math.max(0, statistic));
    return new Friedman(ranks, statistic, p);
  }

  /** The sum of t^3 - t over groups of t equal ranks. */
  private static double ties(double... ranks) {
    return Arrays.stream(ranks)
        .distinct()
        .map(rank -> Arrays.stream(ranks).filter(other -> other == rank).count())
        .map(t -> t * t * t - t)
        .sum();
  }

  private static double[] means(double[][] ranks) {
    double[] means = new double[ranks[0].length];
    for (double[] block : ranks) {
      for (int i = 0; i < means.length; i++) {
        means[i] += block[i];
      }
    }
    return Arrays.stream(means).map(sum -> sum / ranks.length).toArray();
  }

  /** Mean rank of each treatment over the blocks. */
  public double[] meanRanks() {
    return means(ranks);
  }

  /**
   * Nemenyi: two mean ranks differ at the level {@code alpha}, among all pairs, if their distance
   * is larger.
   *
   * @param alpha between 0 and 1
   */
  public double criticalDifference(double alpha) {
    double k = ranks[0].length;
    return StudentizedRange.quantile(1 - alpha, ranks[0].length)
        * Math.sqrt(k * (k + 1) / (12.0 * ranks.length));
  }
}
