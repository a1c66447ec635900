package org.explain4j.metrics.maps;

import java.util.Arrays;
import org.explain4j.api.Extension;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;

/**
 * Consistency (Dasgupta et al. 2022, arXiv 2202.00734, Def. 1): of the other images whose
 * explanation is the same, the share with the same prediction. Explanations count as the same if
 * the same patch has the largest sum. Higher is better. Missing for an image whose explanation no
 * other has. All images are judged as one set.
 *
 * @param patch side of a patch in pixels
 */
public record Consistency(int patch) implements SetMetric {
  public Consistency() {
    this(7);
  }

  public Consistency {
    Extension.requireCount("patch", patch);
  }

  @Override
  public String id() {
    return "consistency";
  }

  @Override
  public String summary() {
    return "Same prediction where the explanation is the same (Dasgupta et al. 2022)";
  }

  @Override
  public Relation relation(Evaluation evaluation) {
    Groups patches = Groups.patches(Pixels.of(evaluation.classifier()), patch);
    double[][] maps = Maps.rows(evaluation.attributions());
    int[] labels = new int[maps.length];
    Arrays.setAll(labels, i -> Order.DESCENDING.of(patches.sums(maps[i]), i)[0]);
    return (one, other) -> labels[one] == labels[other];
  }
}
