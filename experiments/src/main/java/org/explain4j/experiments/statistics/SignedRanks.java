package org.explain4j.experiments.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * The Wilcoxon signed-rank test with Pratt's zeros: differences of 0 are ranked with the others and
 * then count for neither side (Pratt 1959, "Remarks on zeros and ties in the Wilcoxon signed rank
 * procedures", JASA 54).
 *
 * @param positive sum of the ranks of positive differences
 * @param negative sum of the ranks of negative differences
 * @param pValue two-sided: exact where there are neither zeros nor ties among at most 50
 *     differences, else the normal approximation with correction for continuity
 * @param effect matched rank-biserial correlation (Kerby 2014, the simple difference formula): the
 *     positive part of all ranks minus the negative part, between -1 and 1; zeros count in the
 *     whole, so many of them make it small
 */
record SignedRanks(double positive, double negative, double pValue, double effect) {

  /**
   * @param differences at least one, without NaN
   */
  static SignedRanks of(double[] differences) {
    double[] ranks =
        new NaturalRanking().apply(Arrays.stream(differences).map(Math::abs).toArray());
    double positive = 0;
    double negative = 0;
    double squares = 0;
    boolean zeros = false;
    for (int i = 0; i < ranks.length; i++) {
      positive += differences[i] > 0 ? ranks[i] : 0;
      negative += differences[i] < 0 ? ranks[i] : 0;
      squares += differences[i] == 0 ? 0 : ranks[i] * ranks[i];
      zeros |= differences[i] == 0;
    }
    double all = ranks.length * (ranks.length + 1.0) / 2;
    double p =
        zeros
            ? pratt(positive, negative, squares)
            : WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
    return new SignedRanks(positive, negative, p, (positive - negative) / all);
  }

  /**
   * The two-sided p-value with zeros split between both sides, by the normal approximation without
   * correction for continuity but for ties: scipy's {@code wilcoxon(zero_method="zsplit",
   * correction=False, method="approx")}, which MetaQuantus uses. 1 if all differences are 0.
   *
   * @param differences at least one, without NaN
   */
  static double splitZeros(double... differences) {
    double[] ranks =
        new NaturalRanking().apply(Arrays.stream(differences).map(Math::abs).toArray());
    double distance = 0;
    double squares = 0;
    for (int i = 0; i < ranks.length; i++) {
      distance += Math.signum(differences[i]) * ranks[i];
      squares += ranks[i] * ranks[i];
    }
    return 2
        * NormalDistribution.of(0, 1).survivalProbability(Math.abs(distance) / Math.sqrt(squares));
  }

  /**
   * The p-value if there are zeros. Each other rank is positive or negative with probability 1/2,
   * so the variance of their sum is a quarter of their squares. Commons Statistics 1.2 counts the
   * zeros as ties a second time, which makes p too small where there are many, and NaN where most
   * are.
   */
  private static double pratt(double positive, double negative, double squares) {
    if (squares == 0) {
      return 1;
    }
    double distance = Math.max(0, Math.abs(positive - negative) / 2 - 0.5);
    double z = distance / Math.sqrt(squares / 4);
    return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
  }
}
