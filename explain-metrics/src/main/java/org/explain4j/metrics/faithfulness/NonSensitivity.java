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
import org.explain4j.network.Classifier;

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
    implements Metric {
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
    double[] counts = new double[changes.length];
    Arrays.setAll(counts, i -> count(relevance[i], changes[i]));
    double margin = MARGIN * removal.groups().get(0).count();
    return new Result(
        List.of(new Score("features", Direction.LOWER_IS_BETTER, margin, counts)), List.of());
  }

  static double count(double[] relevance, double[] changes) {
    double largest = Arrays.stream(relevance).map(Math::abs).max().orElse(0);
    return IntStream.range(0, relevance.length)
        .filter(
            i -> Math.abs(relevance[i]) <= EPSILON * largest != Math.sqrt(changes[i]) <= EPSILON)
        .count();
  }
}
