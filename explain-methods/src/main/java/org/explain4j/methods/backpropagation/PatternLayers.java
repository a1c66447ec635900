package org.explain4j.methods.backpropagation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Identity;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The linear layers of a network with weights made from their patterns. */
final class PatternLayers {
  private PatternLayers() {}

  /**
   * Layers by node.
   *
   * @param weights from the layer's weights and a+, both of the weights' type; may change a+ and
   *     return it, but not the weights. Only a+ matters in a backward pass, since the rectifier's
   *     gate is closed where y &lt;= 0
   * @throws IllegalArgumentException if the estimator has no patterns
   */
  static Map<String, LinearLayer> of(
      Subject subject, SignalEstimator estimator, BinaryOperator<INDArray> weights) {
    Map<String, LinearLayer> layers = new LinkedHashMap<>();
    for (Node node : subject.network().linearNodes()) {
      LinearLayer layer = (LinearLayer) node.layer();
      try (Patterns pattern = subject.patterns().patterns(estimator, node)) {
        if (pattern.isIdentity()) {
          throw new IllegalArgumentException(withoutPatterns(estimator));
        }
        layers.put(node.name(), layer.with(changed(layer, pattern.positive(), weights)));
      }
    }
    return layers;
  }

  /**
   * Of a table of rules with patterns in linear layers, and of the estimator; needs no data.
   *
   * @param table from the rule of the linear layers
   */
  static Applicability applicability(
      Network network, SignalEstimator estimator, Function<PropagationRule, Composite> table) {
    if (estimator instanceof Identity) {
      return Applicability.no(withoutPatterns(estimator));
    }
    return Applicability.worst(
        estimator.applicability(network),
        table.apply(PropagationRule.gradient()).applicability(network));
  }

  private static String withoutPatterns(SignalEstimator estimator) {
    return String.format(
        Locale.ROOT,
        "The estimator '%s' has no patterns.\nMaybe use it with pattern-attribution, or use another estimator.",
        estimator.id());
  }

  /** In the weights' type: float64 would take twice the memory. */
  private static INDArray changed(
      LinearLayer layer, INDArray positive, BinaryOperator<INDArray> weights) {
    DataType type = layer.weights().dataType();
    INDArray pattern = positive.dataType() == type ? positive.dup('c') : positive.castTo(type);
    INDArray changed = weights.apply(layer.weights(), pattern);
    if (pattern != changed) {
      pattern.close();
    }
    return changed;
  }
}
