package org.explain4j.methods.explainers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The linear layers of a network with weights made of their patterns. */
final class PatternLayers {
  private PatternLayers() {}

  /**
   * Layers by node.
   *
   * @param weights from the layer's weights and a+, both float64; only a+ plays a part in a
   *     backward pass, which the rectifier's gate closes where y &lt;= 0
   * @throws IllegalArgumentException if the estimator has no patterns
   */
  static Map<String, LinearLayer> of(
      Subject subject, SignalEstimator estimator, BinaryOperator<INDArray> weights) {
    Map<String, Patterns> patterns = subject.patterns().patterns(estimator);
    Map<String, LinearLayer> layers = new LinkedHashMap<>();
    for (Node node : subject.network().linearNodes()) {
      LinearLayer layer = (LinearLayer) node.layer();
      Patterns pattern = patterns.get(node.name());
      if (pattern.isIdentity()) {
        throw new IllegalArgumentException(
            "The estimator '%s' has no pattern.\nMaybe take pattern-attribution with it, or another estimator."
                .formatted(estimator.id()));
      }
      layers.put(node.name(), layer.with(changed(layer, pattern.positive(), weights)));
    }
    return layers;
  }

  /** Temporaries go at once: those of a wide dense layer are gigabytes. */
  private static INDArray changed(
      LinearLayer layer, INDArray positive, BinaryOperator<INDArray> weights) {
    INDArray own = layer.weights();
    INDArray wide = own.castTo(positive.dataType());
    INDArray changed = weights.apply(wide, positive);
    INDArray result = changed.castTo(own.dataType());
    if (wide != own) {
      wide.close();
    }
    if (changed != positive && changed != result) {
      changed.close();
    }
    return result;
  }
}
