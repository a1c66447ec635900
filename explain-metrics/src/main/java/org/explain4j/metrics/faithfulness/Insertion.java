package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Insertion (Petsiuk et al. 2018, arXiv 1806.07421, Alg. 1): the original pixels are put into the
 * blurred image, most relevant first, and the probability of the explained class is read.
 *
 * <p>Curve {@code insertion}; score {@code area} under it, higher is better.
 *
 * @param steps of about the same number of pixels; by default the square root of their number
 * @param replacement of the pixels
 * @param readOut of the network
 */
public record Insertion(Optional<Integer> steps, Replacement replacement, ReadOut readOut)
    implements Metric {
  public Insertion() {
    this(Optional.empty(), new Replacement(With.BLUR), ReadOut.PROBABILITY);
  }

  public Insertion {
    steps.ifPresent(count -> Extension.requireCount("steps", count));
  }

  @Override
  public String id() {
    return "insertion";
  }

  @Override
  public String summary() {
    return "Class probability while the most relevant pixels are put into a blurred image (Petsiuk et al.)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(Removal.steps(Pixels.of(classifier).count(), steps).length, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.COSTLY_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPixels(evaluation.images());
    int[] counts = removal.steps(steps);
    int[][] orders = Removal.orders(removal.sums(evaluation), Order.DESCENDING);
    double[][] curves = removal.insertion(readOut, replacement.fill(removal), orders, counts);
    return new Result(
        List.of(
            Curves.score(
                "area", Direction.HIGHER_IS_BETTER, readOut, Curves.each(curves, Curves::area))),
        List.of(Curves.curve("insertion", "share of pixels put in", readOut, counts, curves)));
  }
}
