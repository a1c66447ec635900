package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Effective complexity (Nguyen and Martinez 2020, arXiv 2007.07584, section 3): the least number of
 * features, largest absolute attribution first, that keep the output: the mean square of what
 * drawing all others anew changes is below a tolerance. All features, if no smaller number does.
 * Lower is better.
 *
 * @param steps in which features are kept; by default the square root of their number
 * @param draws of the other features' values
 * @param tolerance of the mean squared change
 * @param replacement of the others
 * @param readOut of the network
 */
public record EffectiveComplexity(
    Optional<Integer> steps, int draws, double tolerance, Replacement replacement, ReadOut readOut)
    implements Metric {
  private static final double MARGIN = 0.02;

  public EffectiveComplexity() {
    this(Optional.empty(), 3, 0.01, new Replacement(With.NOISE), ReadOut.PROBABILITY);
  }

  public EffectiveComplexity {
    steps.ifPresent(count -> Extension.requireCount("steps", count));
    Extension.requireCount("draws", draws);
    Extension.requirePositive("tolerance", tolerance);
  }

  @Override
  public String id() {
    return "effective-complexity";
  }

  @Override
  public String summary() {
    return "Fewest features that keep the output (Nguyen and Martinez 2020)";
  }

  @Override
  public String family() {
    return "complexity";
  }

  @Override
  public Cost cost(Classifier classifier) {
    int points = Removal.steps(Pixels.of(classifier).count(), steps).length;
    return new Cost(draws * (double) points + 1, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.COSTLY_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPixels(evaluation.images());
    int[] counts = removal.steps(steps);
    int[][] orders = Removal.orders(removal.sums(evaluation), Order.STRONGEST);
    double[][] losses = new double[removal.count()][counts.length];
    for (int draw = 0; draw < draws; draw++) {
      add(losses, removal, replacement.draw(draw).fill(removal), orders, counts);
    }
    double[] kept = new double[losses.length];
    Arrays.setAll(kept, i -> least(losses[i], counts));
    double margin = MARGIN * removal.pixels().count();
    return new Result(
        List.of(new Score("features", Direction.LOWER_IS_BETTER, margin, kept)), List.of());
  }

  /** Adds the squared changes of one draw, divided by the number of draws. */
  void add(double[][] losses, Removal removal, Fill fill, int[][] orders, int[] counts) {
    double[] clean = removal.clean(readOut);
    double[][] outputs = removal.insertion(readOut, fill, orders, counts);
    for (int i = 0; i < outputs.length; i++) {
      for (int k = 0; k < counts.length; k++) {
        double change = outputs[i][k] - clean[i];
        losses[i][k] += change * change / draws;
      }
    }
  }

  double least(double[] losses, int[] counts) {
    return IntStream.range(0, counts.length)
        .filter(k -> losses[k] < tolerance)
        .map(k -> counts[k])
        .findFirst()
        .orElse(counts[counts.length - 1]);
  }
}
