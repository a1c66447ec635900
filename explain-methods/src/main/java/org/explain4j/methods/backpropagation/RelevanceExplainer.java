package org.explain4j.methods.backpropagation;

import java.util.Locale;
import org.explain4j.api.Explainer;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.Relevance;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/** Relevance propagation with one rule at all linear layers; composites mix such rules. */
interface RelevanceExplainer extends RuleTable {

  /** The rule at the linear layers. */
  PropagationRule rule();

  @Override
  default Composite composite(Subject subject) {
    return Relevance.composite(rule());
  }

  /**
   * The rule of an explainer that is given as a setting.
   *
   * @throws IllegalArgumentException if it is not one rule at all linear layers
   */
  static PropagationRule ruleOf(String setting, Explainer explainer) {
    if (explainer instanceof RelevanceExplainer relevance) {
      return relevance.rule();
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "The setting '%s' takes a method with one relevance rule, not '%s'.\nMaybe use lrp-epsilon, lrp-gamma or lrp-z-plus.",
            setting,
            explainer.id()));
  }

  /**
   * @throws IllegalArgumentException if a stabiliser is negative; the message gives its value
   */
  static void checkEpsilon(double epsilon) {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("The epsilon (" + epsilon + ") must not be negative.");
    }
  }
}
