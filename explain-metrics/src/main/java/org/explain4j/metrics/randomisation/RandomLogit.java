package org.explain4j.metrics.randomisation;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Random logit test (Sixt et al. 2020, arXiv 1912.09818, section 4): how alike the explanations of
 * the explained class and of another one, drawn at random, are. Lower is better. Missing where a
 * map is constant, and for a single class.
 *
 * @param similarities of the two explanations
 * @param seed of the other class, at least 1
 */
public record RandomLogit(List<Similarity> similarities, long seed) implements Metric {
  public RandomLogit() {
    this(List.of(Similarity.SSIM, Similarity.SPEARMAN), 1);
  }

  public RandomLogit {
    similarities = List.copyOf(similarities);
    Similarity.require(similarities);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "random-logit";
  }

  @Override
  public String summary() {
    return "Whether the explanation of another class is another one (Sixt et al. 2020)";
  }

  @Override
  public String family() {
    return "randomisation";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, 1);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    if (evaluation.classifier().classes() < 2) {
      double[] missing = new double[evaluation.classes().length];
      Arrays.fill(missing, Double.NaN);
      return new Result(similarities.stream().map(each -> each.score(missing)).toList(), List.of());
    }
    return result(evaluation, others(evaluation));
  }

  Result result(Evaluation evaluation, int... others) {
    Randomised unchanged = new Randomised(evaluation, node -> null, PatternUse.KEPT);
    double[][] maps = unchanged.pixels(evaluation.attributions());
    try (INDArray explained = evaluation.attributor().attribute(evaluation.inputs(), others)) {
      double[][] changed = unchanged.pixels(explained);
      return new Result(
          similarities.stream()
              .map(each -> each.score(each.of(maps, changed, unchanged.size())))
              .toList(),
          List.of());
    }
  }

  /** Another class for each image. */
  private int[] others(Evaluation evaluation) {
    int count = Math.toIntExact(evaluation.classifier().classes());
    ExampleBatch examples =
        ExampleBatch.of(evaluation.classifier(), evaluation.inputs(), evaluation.classes());
    int[] others = new int[examples.count()];
    for (int i = 0; i < others.length; i++) {
      int drawn = examples.random(i, seed, 0).nextInt(count - 1);
      others[i] = drawn < evaluation.classes()[i] ? drawn : drawn + 1;
    }
    return others;
  }
}
