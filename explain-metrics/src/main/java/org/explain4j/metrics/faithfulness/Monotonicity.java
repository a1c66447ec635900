package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.metrics.features.Order;

/**
 * Monotonicity (Arya et al. 2019, arXiv 1909.03012): the original pixels are put into an empty
 * image, least relevant first; the output should rise with each step.
 *
 * <p>{@code rising-steps}: share of the steps after the first at which the output does not fall;
 * {@code monotone}: 1 if there is no other step, otherwise 0. Higher is better. Missing with a
 * single step.
 *
 * @param steps of about the same number of pixels; by default the square root of their number
 * @param replacement of the pixels
 * @param readOut of the network
 */
public record Monotonicity(Optional<Integer> steps, Replacement replacement, ReadOut readOut)
    implements PixelCurve {
  public Monotonicity() {
    this(Optional.empty(), new Replacement(), ReadOut.PROBABILITY);
  }

  public Monotonicity {
    steps.ifPresent(count -> Extension.requireCount("steps", count));
  }

  @Override
  public String id() {
    return "monotonicity";
  }

  @Override
  public String summary() {
    return "Whether the output rises with each pixel that is put in (Arya et al. 2019)";
  }

  @Override
  public Row row() {
    return new Row(
        Order.ASCENDING, true, Direction.HIGHER_IS_BETTER, "insertion", "share of pixels put in");
  }

  @Override
  public List<Score> scores(double[][] curves) {
    double[] shares = Curves.each(curves, Monotonicity::rising);
    double[] all = Curves.each(curves, curve -> all(rising(curve)));
    return List.of(
        new Score("rising-steps", Direction.HIGHER_IS_BETTER, shares),
        new Score("monotone", Direction.HIGHER_IS_BETTER, all));
  }

  /** The step from the empty image does not count. */
  static double rising(double... curve) {
    return IntStream.range(1, curve.length - 1)
        .mapToDouble(k -> curve[k + 1] >= curve[k] ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double all(double share) {
    return Double.isNaN(share) ? share : Math.floor(share);
  }
}
