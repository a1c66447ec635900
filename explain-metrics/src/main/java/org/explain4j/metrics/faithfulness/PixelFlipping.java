package org.explain4j.metrics.faithfulness;

import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Order;

/**
 * Pixel flipping (Bach et al. 2015, doi:10.1371/journal.pone.0130140): pixels are flipped, most
 * relevant first, and the output of the explained class is read.
 *
 * <p>Curve {@code flipped}; score {@code area} under it, lower is better. The paper has the curve
 * only. Inversion is about the middle of the image's own values unless the range is given.
 *
 * @param steps of about the same number of pixels; by default the square root of their number
 * @param replacement of the pixels
 * @param readOut of the network
 */
public record PixelFlipping(Optional<Integer> steps, Replacement replacement, ReadOut readOut)
    implements PixelCurve {
  public PixelFlipping() {
    this(Optional.empty(), new Replacement(With.INVERTED), ReadOut.LOGIT);
  }

  public PixelFlipping {
    steps.ifPresent(count -> Extension.requireCount("steps", count));
  }

  @Override
  public String id() {
    return "pixel-flipping";
  }

  @Override
  public String summary() {
    return "Output while the most relevant pixels are inverted (Bach et al. 2015)";
  }

  @Override
  public Row row() {
    return new Row(
        Order.DESCENDING, false, Direction.LOWER_IS_BETTER, "flipped", "share of pixels flipped");
  }
}
