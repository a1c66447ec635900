package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Deletion (Petsiuk et al. 2018, arXiv 1806.07421, Alg. 1): pixels are set to a constant, most
 * relevant first, and the probability of the explained class is read.
 *
 * <p>Curve {@code deletion}; score {@code area} under it, lower is better.
 *
 * @param steps of about the same number of pixels; by default the square root of their number
 * @param replacement of the pixels
 * @param readOut of the network
 */
public record Deletion(Optional<Integer> steps, Replacement replacement, ReadOut readOut)
    implements Metric {
  public Deletion() {
    this(Optional.empty(), new Replacement(), ReadOut.PROBABILITY);
  }

  public Deletion {
    steps.ifPresent(count -> Extension.requireCount("steps", count));
  }

  @Override
  public String id() {
    return "deletion";
  }

  @Override
  public String summary() {
    return "Class probability while the most relevant pixels are removed (Petsiuk et al. 2018)";
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
    double[][] curves = removal.curve(readOut, replacement.fill(removal), orders, counts);
    return new Result(
        List.of(
            Curves.score(
                "area", Direction.LOWER_IS_BETTER, readOut, Curves.each(curves, Curves::area))),
        List.of(Curves.curve("deletion", "share of pixels removed", readOut, counts, curves)));
  }
}
