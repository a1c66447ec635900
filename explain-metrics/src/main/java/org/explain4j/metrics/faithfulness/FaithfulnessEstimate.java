package org.explain4j.metrics.faithfulness;

import org.explain4j.api.Extension;
import org.explain4j.metrics.similarity.Correlation;

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
    implements SingleFeatures {
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
  public int draws() {
    return 1;
  }

  @Override
  public double[][] effects(Answers answers, Removal removal) {
    return answers.dropsOfSingles(removal);
  }

  @Override
  public double value(double[] relevance, double[] effects) {
    return Correlation.pearson(relevance, effects);
  }

  @Override
  public Score score(int features, double... values) {
    return new Score("correlation", Direction.HIGHER_IS_BETTER, values);
  }
}
