package org.explain4j.metrics.faithfulness;

import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/** Metrics that compare each feature's relevance with what happens without that feature alone. */
interface SingleFeatures extends Metric {

  /** Side of a feature in pixels. */
  int patch();

  /** How often each feature's value is drawn. */
  int draws();

  /** Of a feature's pixels. */
  Replacement replacement();

  ReadOut readOut();

  /** For each example and feature, what changes without it. */
  double[][] effects(Answers answers, Removal removal);

  /** The value of an example, from its features' relevance and effects. */
  double value(double[] relevance, double[] effects);

  Score score(int features, double... values);

  @Override
  default Cost cost(Classifier classifier) {
    int features = Groups.patches(Pixels.of(classifier), patch()).count();
    return new Cost(draws() * (double) features + 1, 0);
  }

  @Override
  default List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.FREE_SEEDS).toList();
  }

  @Override
  default Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch());
    double[][] effects = effects(new Answers(patch(), replacement(), readOut()), removal);
    double[][] relevance = removal.sums(evaluation);
    double[] values =
        IntStream.range(0, effects.length)
            .mapToDouble(i -> value(relevance[i], effects[i]))
            .toArray();
    return new Result(List.of(score(removal.groups().get(0).count(), values)), List.of());
  }
}
