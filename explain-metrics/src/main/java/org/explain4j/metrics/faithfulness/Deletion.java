package org.explain4j.metrics.faithfulness;

import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.metrics.features.Order;

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
    implements PixelCurve {
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
  public Row row() {
    return new Row(
        Order.DESCENDING, false, Direction.LOWER_IS_BETTER, "deletion", "share of pixels removed");
  }
}
