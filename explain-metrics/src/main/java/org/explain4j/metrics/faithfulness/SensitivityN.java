package org.explain4j.metrics.faithfulness;

import java.util.List;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Answers.Subsets;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.Classifier;

/**
 * Sensitivity-n (Ancona et al. 2018, arXiv 1711.06104, section 3): for subsets of each of several
 * sizes n, Pearson's correlation between the sum of the attribution over the subset and how much
 * the output drops without it.
 *
 * <p>Curve {@code correlation} over the share of features; score {@code correlation}: its mean over
 * the sizes where there is one. Higher is better. Missing where attribution or output is constant.
 *
 * @param patch side of a feature in pixels; 1 for single pixels
 * @param shares of the features in a subset, each above 0 and below 1
 * @param subsets number of subsets of each size, the same for all images
 * @param replacement of a feature's pixels
 * @param readOut of the network
 * @param seed at least 1
 */
public record SensitivityN(
    int patch,
    List<Double> shares,
    int subsets,
    Replacement replacement,
    ReadOut readOut,
    long seed)
    implements Metric {
  public SensitivityN() {
    this(
        1, List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8), 100, new Replacement(), ReadOut.LOGIT, 1);
  }

  public SensitivityN {
    shares = List.copyOf(shares);
    Extension.requireCount("patch", patch);
    Extension.requireCount("subsets", subsets);
    Extension.requireCount("number of shares", shares.size());
    Extension.requireSeed(seed);
    shares.forEach(FaithfulnessCorrelation::requireShare);
  }

  @Override
  public String id() {
    return "sensitivity-n";
  }

  @Override
  public String summary() {
    return "Correlation of relevance and drop over subsets of many sizes (Ancona et al. 2018)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(shares.size() * (double) subsets + 1, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.FREE_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    double[][] relevance = removal.sums(evaluation);
    int features = removal.groups().get(0).count();
    double[][] curves = new double[removal.count()][shares.size()];
    for (int s = 0; s < shares.size(); s++) {
      int size = FaithfulnessCorrelation.size(features, shares.get(s));
      Subsets drawn = new Subsets(size, subsets, seed);
      double[][] drops = new Answers(patch, replacement, readOut).dropsOf(removal, drawn);
      double[] values = FaithfulnessCorrelation.correlations(relevance, drops, drawn.of(features));
      for (int i = 0; i < values.length; i++) {
        curves[i][s] = values[i];
      }
    }
    double[] x = shares.stream().mapToDouble(share -> share).toArray();
    double[] means = Curves.each(curves, Vectors::meanOfKnown);
    return new Result(
        List.of(new Score("correlation", Direction.HIGHER_IS_BETTER, means)),
        List.of(new Curve("correlation", "share of features removed", "correlation", x, curves)));
  }
}
