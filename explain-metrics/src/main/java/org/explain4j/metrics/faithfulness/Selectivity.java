package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Selectivity (Montavon et al. 2018, arXiv 1706.07979, section 7.2): patches are set to a constant,
 * most relevant first, and the output is read.
 *
 * <p>Curve {@code removed}; score {@code area} under it, lower is better.
 *
 * @param patch side of a patch in pixels
 * @param replacement of a patch's pixels
 * @param readOut of the network
 */
public record Selectivity(int patch, Replacement replacement, ReadOut readOut) implements Metric {
  public Selectivity() {
    this(4, new Replacement(), ReadOut.LOGIT);
  }

  public Selectivity {
    Extension.requireCount("patch", patch);
  }

  @Override
  public String id() {
    return "selectivity";
  }

  @Override
  public String summary() {
    return "Output while the most relevant patches are removed (Montavon et al. 2018)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(Groups.patches(Pixels.of(classifier), patch).count() + 1.0, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.COSTLY_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    int[] counts = IntStream.rangeClosed(0, removal.groups().get(0).count()).toArray();
    int[][] orders = Removal.orders(removal.sums(evaluation), Order.DESCENDING);
    double[][] curves = removal.curve(readOut, replacement, orders, counts);
    return new Result(
        List.of(
            Curves.score(
                "area", Direction.LOWER_IS_BETTER, readOut, Curves.each(curves, Curves::area))),
        List.of(Curves.curve("removed", "share of patches removed", readOut, counts, curves)));
  }
}
