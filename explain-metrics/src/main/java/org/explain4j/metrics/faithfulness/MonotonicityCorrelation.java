package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import org.explain4j.api.Extension;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.similarity.Correlation;

/**
 * Monotonicity correlation (Nguyen and Martinez 2020, arXiv 2007.07584, section 3): Spearman's
 * correlation over features, between the absolute attribution of a feature and the mean square of
 * what drawing its value anew changes. Higher is better. Missing where either is constant. The
 * paper's weight is the same for all features of an image, so it does not change ranks.
 *
 * @param patch side of a feature in pixels; 1 for single pixels
 * @param draws of each feature's value
 * @param replacement of a feature's pixels
 * @param readOut of the network
 */
public record MonotonicityCorrelation(
    int patch, int draws, Replacement replacement, ReadOut readOut) implements SingleFeatures {
  public MonotonicityCorrelation() {
    this(1, 3, new Replacement(With.NOISE), ReadOut.PROBABILITY);
  }

  public MonotonicityCorrelation {
    Extension.requireCount("patch", patch);
    Extension.requireCount("draws", draws);
  }

  @Override
  public String id() {
    return "monotonicity-correlation";
  }

  @Override
  public String summary() {
    return "Rank correlation of relevance and squared change (Nguyen and Martinez 2020)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public double[][] effects(Answers answers, Removal removal) {
    return answers.squares(removal, draws);
  }

  @Override
  public double value(double[] relevance, double[] effects) {
    return correlation(relevance, effects);
  }

  static double correlation(double[] relevance, double[] changes) {
    return Correlation.spearman(Arrays.stream(relevance).map(Math::abs).toArray(), changes);
  }

  @Override
  public Score score(int features, double... values) {
    return new Score("correlation", Direction.HIGHER_IS_BETTER, values);
  }
}
