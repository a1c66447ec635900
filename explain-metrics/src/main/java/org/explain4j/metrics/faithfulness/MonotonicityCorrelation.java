package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.metrics.similarity.Correlation;
import org.explain4j.network.Classifier;

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
    int patch, int draws, Replacement replacement, ReadOut readOut) implements Metric {
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
  public Cost cost(Classifier classifier) {
    return new Cost(draws * (double) Groups.patches(Pixels.of(classifier), patch).count() + 1, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.FREE_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    double[][] changes = new Answers(patch, replacement, readOut).squares(removal, draws);
    double[][] relevance = removal.sums(evaluation);
    double[] values =
        IntStream.range(0, changes.length)
            .mapToDouble(i -> correlation(relevance[i], changes[i]))
            .toArray();
    return new Result(
        List.of(new Score("correlation", Direction.HIGHER_IS_BETTER, values)), List.of());
  }

  static double correlation(double[] relevance, double[] changes) {
    return Correlation.spearman(Arrays.stream(relevance).map(Math::abs).toArray(), changes);
  }
}
