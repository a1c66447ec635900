package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.metrics.faithfulness.Replacement.With;

/**
 * Non-sensitivity (Nguyen and Martinez 2020, arXiv 2007.07584, section 3): the number of features
 * that have attribution but no influence, or influence but no attribution. Lower is better. An
 * attribution counts as 0 up to 1e-5 of the image's largest, an influence up to a root mean square
 * of 1e-5.
 *
 * @param patch side of a feature in pixels; 1 for single pixels
 * @param draws of each feature's value
 * @param replacement of a feature's pixels
 * @param readOut of the network
 */
public record NonSensitivity(int patch, int draws, Replacement replacement, ReadOut readOut)
    implements SingleFeatures {
  private static final double EPSILON = 1e-5;
  private static final double MARGIN = 0.02;

  public NonSensitivity() {
    this(1, 3, new Replacement(With.NOISE), ReadOut.PROBABILITY);
  }

  public NonSensitivity {
    Extension.requireCount("patch", patch);
    Extension.requireCount("draws", draws);
  }

  @Override
  public String id() {
    return "non-sensitivity";
  }

  @Override
  public String summary() {
    return "Features with relevance but no influence, or the reverse (Nguyen and Martinez 2020)";
  }

  @Override
  public String family() {
    return "axioms";
  }

  @Override
  public double[][] effects(Answers answers, Removal removal) {
    return answers.squares(removal, draws);
  }

  @Override
  public double value(double[] relevance, double[] effects) {
    double largest = Arrays.stream(relevance).map(Math::abs).max().orElse(0);
    return IntStream.range(0, relevance.length)
        .filter(
            i -> Math.abs(relevance[i]) <= EPSILON * largest != Math.sqrt(effects[i]) <= EPSILON)
        .count();
  }

  @Override
  public Score score(int features, double... values) {
    return new Score("features", Direction.LOWER_IS_BETTER, MARGIN * features, values);
  }
}
