package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Iterative removal of features (Rieger and Hansen 2020, arXiv 2003.08747, Eq. 1 to 3): SLIC
 * superpixels are replaced, those with the largest mean relevance first. The score {@code irof} is
 * one minus the area under the probability of the explained class relative to that of the clean
 * image; below 0 where the probability rises. Higher is better. Missing for an image that is a
 * single superpixel, and where the clean image's probability is 0.
 *
 * @param size of a superpixel along a side, on average; at least 3
 * @param replacement of a superpixel's pixels
 */
public record Irof(int size, Replacement replacement) implements Metric {
  public Irof() {
    this(7, new Replacement(With.IMAGE_MEAN));
  }

  public Irof {
    Extension.requireCount("size", size);
  }

  @Override
  public String id() {
    return "irof";
  }

  @Override
  public String summary() {
    return "Drop of the probability while relevant superpixels are removed (Rieger and Hansen 2020)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost((double) Pixels.of(classifier).count() / (size * size) + 1, 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.COSTLY_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofSuperpixels(evaluation.images(), size);
    double[] areas = areas(removal, removal.means(evaluation), replacement.fill(removal));
    return new Result(List.of(new Score("irof", Direction.HIGHER_IS_BETTER, areas)), List.of());
  }

  static double[] areas(Removal removal, double[][] means, Fill fill) {
    int most = removal.groups().stream().mapToInt(Groups::count).max().orElse(0);
    int[] counts = IntStream.rangeClosed(0, most).toArray();
    int[][] orders = Removal.orders(means, Order.DESCENDING);
    double[][] curves = removal.curve(ReadOut.PROBABILITY, fill, orders, counts);
    double[] areas = new double[curves.length];
    Arrays.setAll(areas, i -> area(Arrays.copyOf(curves[i], removal.groups().get(i).count() + 1)));
    return areas;
  }

  private static double area(double... curve) {
    boolean defined = curve.length > 2 && curve[0] > 0;
    return defined ? 1 - Curves.area(curve) / curve[0] : Double.NaN;
  }
}
