package org.explain4j.metrics.faithfulness;

import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Order;

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
    implements PixelCurve {
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
  public Row row() {
    return new Row(
        Order.DESCENDING, true, Direction.HIGHER_IS_BETTER, "insertion", "share of pixels put in");
  }
}
