package org.explain4j.metrics.similarity;

import java.util.Arrays;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;
import org.explain4j.metrics.features.Vectors;

/** Correlations of two series; missing (NaN) if either is constant or shorter than two. */
public final class Correlation {
  private Correlation() {}

  /** Pearson's. */
  public static double pearson(double[] a, double[] b) {
    if (isConstant(a) || isConstant(b)) {
      return Double.NaN;
    }
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < a.length; i++) {
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
      ab += (a[i] - meanA) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Spearman's: Pearson's of the ranks, of which equal values get the average. */
  public static double spearman(double[] a, double[] b) {
    return isConstant(a) || isConstant(b) ? Double.NaN : pearson(ranks(a), ranks(b));
  }

  /** The cosine of two vectors; missing (NaN) if either is zero. */
  public static double cosine(double[] a, double[] b) {
    return Vectors.dot(a, b) / Vectors.norm(a) / Vectors.norm(b);
  }

  private static double[] ranks(double[] values) {
    return new NaturalRanking(TiesStrategy.AVERAGE).apply(positiveZeros(values));
  }

  /** The library takes -0 for smaller than 0. */
  private static double[] positiveZeros(double[] values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }

  static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}
