package org.explain4j.metrics.randomisation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Metric.Direction;
import org.explain4j.api.Metric.Score;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.metrics.similarity.Correlation;
import org.explain4j.metrics.similarity.StructuralSimilarity;

/** How alike two maps are, 1 for the same. Missing (NaN) if one is constant, or 0 for cosine. */
public enum Similarity {
  /** Spearman's correlation. */
  SPEARMAN,
  /** Spearman's correlation of the absolute values. */
  SPEARMAN_ABSOLUTE,
  /** The cosine. */
  COSINE,
  /**
   * Structural similarity (Wang et al. 2004), each map divided by its largest absolute value. Of
   * images only.
   */
  SSIM,
  /** Structural similarity of the absolute values. */
  SSIM_ABSOLUTE;

  double of(double[] a, double[] b, Pixels pixels) {
    return switch (this) {
      case SPEARMAN -> Correlation.spearman(a, b);
      case SPEARMAN_ABSOLUTE -> Correlation.spearman(absolute(a), absolute(b));
      case COSINE -> Correlation.cosine(a, b);
      case SSIM -> StructuralSimilarity.scaled(a, b, pixels.height(), pixels.width());
      case SSIM_ABSOLUTE ->
          StructuralSimilarity.scaled(absolute(a), absolute(b), pixels.height(), pixels.width());
    };
  }

  /** Of each pair of maps. */
  double[] of(double[][] a, double[][] b, Pixels pixels) {
    return IntStream.range(0, a.length).mapToDouble(i -> of(a[i], b[i], pixels)).toArray();
  }

  private static double[] absolute(double... map) {
    return Arrays.stream(map).map(Math::abs).toArray();
  }

  String word() {
    return KebabCase.of(this);
  }

  /** For compact constructors. */
  static void require(List<Similarity> similarities) {
    if (similarities.isEmpty()) {
      throw new IllegalArgumentException("There must be a similarity, such as spearman.");
    }
  }

  /** A score that is better the less alike maps are. */
  Score score(double... values) {
    return new Score(word(), Direction.LOWER_IS_BETTER, values);
  }
}
