package org.explain4j.methods.backpropagation;

import java.util.List;
import org.explain4j.methods.rules.BoxRule;
import org.explain4j.methods.rules.WeightRule;
import org.explain4j.network.propagation.PropagationRule;

/**
 * Which values a network's inputs may take; this decides deep Taylor's rule for the first layer.
 */
public enum InputDomain {
  /** Any real number: w^2. */
  REAL,
  /** Not negative: z+. */
  POSITIVE,
  /** In a box: z^B. */
  BOX;

  /** The rule of the layers that see the input, z+ above them. */
  PropagationRule first(PropagationRule zPlus, List<Double> low, List<Double> high) {
    return switch (this) {
      case REAL -> WeightRule.square(false, DeepTaylor.EPSILON);
      case POSITIVE -> zPlus;
      case BOX -> new BoxRule(low, high, DeepTaylor.EPSILON);
    };
  }
}
