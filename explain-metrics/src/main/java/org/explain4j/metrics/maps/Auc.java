package org.explain4j.metrics.maps;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;
import org.explain4j.metrics.features.Pixels;

/**
 * Area under the receiver operating characteristic (Fawcett 2006, doi:10.1016/j.patrec.2005.10.010)
 * of the map as a score of being in the mask: the probability that a pixel inside has a larger
 * value than one outside, where equal values count half. Higher is better. Missing where the mask
 * is the whole image.
 *
 * @param part of the values that counts: {@code absolute} for masks of what speaks for the class
 *     and what speaks against it
 */
public record Auc(Part part) implements MaskMetric {
  public Auc() {
    this(Part.SIGNED);
  }

  @Override
  public String id() {
    return "auc";
  }

  @Override
  public String summary() {
    return "How well the map tells the object from the rest (Fawcett 2006)";
  }

  @Override
  public List<Row> rows(Pixels pixels) {
    return List.of(Row.share("area", (map, mask) -> area(part.of(map), mask)));
  }

  private static double area(double[] map, boolean[] mask) {
    double[] values = Arrays.stream(map).map(value -> value + 0.0).toArray(); // no -0
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).apply(values);
    double inside = MapMetric.size(mask);
    double outside = mask.length - inside;
    double sum = 0;
    for (int i = 0; i < mask.length; i++) {
      sum += mask[i] ? ranks[i] : 0;
    }
    return outside == 0 ? Double.NaN : (sum - inside * (inside + 1) / 2) / (inside * outside);
  }
}
