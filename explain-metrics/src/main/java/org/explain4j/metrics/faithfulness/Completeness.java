package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.network.Classifier;

/**
 * Completeness (Sundararajan et al. 2017, arXiv 1703.01365, Prop. 1): the attribution should add up
 * to the output minus the output for a baseline, which must be that of the method.
 *
 * <p>{@code gap}: absolute difference of the two; {@code relative-gap}: divided by the absolute
 * change of the output, missing where that is 0. Lower is better. It says nothing of methods that
 * are not meant to add up, such as gradients.
 *
 * @param replacement the baseline
 * @param readOut of the network
 */
public record Completeness(Replacement replacement, ReadOut readOut) implements Metric {
  public Completeness() {
    this(new Replacement(), ReadOut.LOGIT);
  }

  @Override
  public String id() {
    return "completeness";
  }

  @Override
  public String summary() {
    return "Gap between the sum of relevance and the change of the output (Sundararajan et al. 2017)";
  }

  @Override
  public String family() {
    return "axioms";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(2, 0);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPixels(evaluation.images());
    int all = removal.pixels().count();
    double[][] maps = Maps.rows(evaluation.attributions());
    int[][] anyOrder = Removal.orders(new double[removal.count()][all], Order.DESCENDING);
    double[][] outputs = removal.curve(readOut, replacement, anyOrder, new int[] {0, all});
    double[] gaps = new double[maps.length];
    double[] relative = new double[maps.length];
    for (int i = 0; i < maps.length; i++) {
      double change = outputs[i][0] - outputs[i][1];
      gaps[i] = Math.abs(Arrays.stream(maps[i]).sum() - change);
      relative[i] = change == 0 ? Double.NaN : gaps[i] / Math.abs(change);
    }
    return new Result(
        List.of(
            Curves.score("gap", Direction.LOWER_IS_BETTER, readOut, gaps),
            new Score("relative-gap", Direction.LOWER_IS_BETTER, relative)),
        List.of());
  }
}
