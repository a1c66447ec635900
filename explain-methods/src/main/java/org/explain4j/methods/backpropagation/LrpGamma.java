package org.explain4j.methods.backpropagation;

import org.explain4j.api.Start;
import org.explain4j.methods.rules.Bias;
import org.explain4j.methods.rules.GammaRule;
import org.explain4j.network.propagation.PropagationRule;

/**
 * LRP-gamma (Montavon et al. 2019, doi:10.1007/978-3-030-28954-6_10): contributions of the output's
 * sign count {@code 1 + gamma} times, between LRP-0 (gamma = 0) and z+ (gamma to infinity). Where z
 * &gt; 0: {@code R_i = sum_j (x_i+ (w + gamma w+) + x_i- (w + gamma w-)) R_j} over its sum; where z
 * &lt; 0, with w- and w+ exchanged, as in zennit. Captum has w + gamma w+ everywhere and {@link
 * Bias#WHOLE}, which is the same after rectifiers.
 *
 * @param gamma at least 0
 * @param bias {@link Bias#SPLIT}: b + gamma b+ in the denominator
 * @param epsilon stabilises the denominator by its sign
 */
public record LrpGamma(double gamma, Bias bias, double epsilon, Start start)
    implements RelevanceExplainer {

  public LrpGamma {
    RelevanceExplainer.checkEpsilon(epsilon);
    if (!(gamma >= 0)) {
      throw new IllegalArgumentException("The gamma (" + gamma + ") must not be negative.");
    }
  }

  public LrpGamma() {
    this(0.25, Bias.SPLIT, 1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-gamma";
  }

  @Override
  public String summary() {
    return "Relevance that favours positive contributions (Montavon et al. 2019)";
  }

  @Override
  public PropagationRule rule() {
    return new GammaRule(gamma, bias, epsilon);
  }
}
