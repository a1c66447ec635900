package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.metrics.similarity.Correlation;
import org.explain4j.network.Classifier;

/**
 * Faithfulness estimate (Alvarez-Melis and Jaakkola 2018, arXiv 1806.07538, section 5): Pearson's
 * correlation over features, between a feature's attribution and how much the output drops without
 * it. Higher is better. Missing where either is constant.
 *
 * @param patch side of a feature in pixels; 1 for single pixels
 * @param replacement of a feature's pixels
 * @param readOut of the network
 */
public record FaithfulnessEstimate(int patch, Replacement replacement, ReadOut readOut)
    implements Metric {
  public FaithfulnessEstimate() {
    this(1, new Replacement(), ReadOut.PROBABILITY);
  }

  public FaithfulnessEstimate {
    Extension.requireCount("patch", patch);
  }

  @Override
  public String id() {
    return "faithfulness-estimate";
  }

  @Override
  public String summary() {
    return "Correlation of relevance and drop over single features (Alvarez-Melis and Jaakkola 2018)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(Groups.patches(Pixels.of(classifier), patch).count() + 1.0, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.FREE_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    double[][] drops = new Answers(patch, replacement, readOut).dropsOfSingles(removal);
    double[][] relevance = removal.sums(evaluation);
    double[] values =
        IntStream.range(0, drops.length)
            .mapToDouble(i -> Correlation.pearson(relevance[i], drops[i]))
            .toArray();
    return new Result(
        List.of(new Score("correlation", Direction.HIGHER_IS_BETTER, values)), List.of());
  }
}
