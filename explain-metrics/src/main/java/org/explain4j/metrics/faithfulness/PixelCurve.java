package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.Optional;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/** Metrics that change pixels one after another in the order of their relevance. */
interface PixelCurve extends Metric {

  /** Number of steps of about the same number of pixels. */
  Optional<Integer> steps();

  /** Of the pixels. */
  Replacement replacement();

  ReadOut readOut();

  /**
   * What tells such metrics apart.
   *
   * @param order in which pixels are changed
   * @param inserted whether they are put into the replacement, instead of replaced
   * @param direction of the area under the curve
   * @param curve its name
   * @param xLabel of its axis
   */
  record Row(Order order, boolean inserted, Direction direction, String curve, String xLabel) {}

  Row row();

  /** By default the area under the curves. */
  default List<Score> scores(double[][] curves) {
    double[] areas = Curves.each(curves, Curves::area);
    return List.of(Curves.score("area", row().direction, readOut(), areas));
  }

  @Override
  default String family() {
    return "faithfulness";
  }

  @Override
  default Cost cost(Classifier classifier) {
    return new Cost(Removal.steps(Pixels.of(classifier).count(), steps()).length, 0);
  }

  @Override
  default List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.COSTLY_SEEDS).toList();
  }

  @Override
  default Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPixels(evaluation.images());
    int[] counts = removal.steps(steps());
    int[][] orders = Removal.orders(removal.sums(evaluation), row().order);
    Fill fill = replacement().fill(removal);
    double[][] curves =
        row().inserted
            ? removal.insertion(readOut(), fill, orders, counts)
            : removal.curve(readOut(), fill, orders, counts);
    Curve curve = Curves.curve(row().curve, row().xLabel, readOut(), counts, curves);
    return new Result(scores(curves), List.of(curve));
  }
}
