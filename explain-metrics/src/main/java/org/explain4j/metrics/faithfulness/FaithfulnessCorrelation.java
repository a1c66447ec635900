package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Answers.Subsets;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.similarity.Correlation;
import org.explain4j.network.Classifier;

/**
 * Faithfulness correlation (Bhatt et al. 2020, arXiv 2005.00631, Def. 3): Pearson's correlation
 * over random subsets of a size, between the sum of the attribution over the subset and how much
 * the output drops without it. Higher is better. Missing where either is constant.
 *
 * @param patch side of a feature in pixels; 1 for single pixels
 * @param share of the features in a subset, above 0 and below 1
 * @param subsets number of subsets, the same for all images
 * @param replacement of a feature's pixels
 * @param readOut of the network
 * @param seed at least 1
 */
public record FaithfulnessCorrelation(
    int patch, double share, int subsets, Replacement replacement, ReadOut readOut, long seed)
    implements Metric {
  public FaithfulnessCorrelation() {
    this(1, 0.2, 100, new Replacement(), ReadOut.LOGIT, 1);
  }

  public FaithfulnessCorrelation {
    Extension.requireCount("patch", patch);
    Extension.requireCount("subsets", subsets);
    Extension.requireSeed(seed);
    requireShare(share);
  }

  static void requireShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "The share (" + share + ") must lie between 0 and 1: all features are one subset only.");
    }
  }

  @Override
  public String id() {
    return "faithfulness-correlation";
  }

  @Override
  public String summary() {
    return "Correlation of relevance and drop over random subsets (Bhatt et al. 2020)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(subsets + 1.0, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.FREE_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    int size = size(removal.groups().get(0).count(), share);
    double[] values = correlations(evaluation, removal, new Subsets(size, subsets, seed));
    return new Result(
        List.of(new Score("correlation", Direction.HIGHER_IS_BETTER, values)), List.of());
  }

  private double[] correlations(Evaluation evaluation, Removal removal, Subsets drawn) {
    double[][] drops = new Answers(patch, replacement, readOut).dropsOf(removal, drawn);
    int[][] members = drawn.of(removal.groups().get(0).count());
    return correlations(removal.sums(evaluation), drops, members);
  }

  static int size(int features, double share) {
    return Math.max(1, (int) Math.round(share * features));
  }

  /** Of the sums over subsets and the drops without them. */
  static double[] correlations(double[][] relevance, double[][] drops, int[][] subsets) {
    double[] correlations = new double[relevance.length];
    for (int i = 0; i < correlations.length; i++) {
      double[] own = relevance[i];
      double[] sums =
          Arrays.stream(subsets)
              .mapToDouble(subset -> Arrays.stream(subset).mapToDouble(f -> own[f]).sum())
              .toArray();
      correlations[i] = Correlation.pearson(sums, drops[i]);
    }
    return correlations;
  }
}
