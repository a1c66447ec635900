package org.explain4j.methods.backpropagation;

import java.util.Locale;
import org.explain4j.api.Start;
import org.explain4j.methods.rules.AlphaBetaRule;
import org.explain4j.methods.rules.Bias;
import org.explain4j.network.propagation.PropagationRule;

/**
 * LRP-alpha-beta (Bach et al. 2015, doi:10.1371/journal.pone.0130140, Eq. 60): {@code R_i = sum_j
 * (alpha (x_i w_ij)+ / z_j+ - beta (x_i w_ij)- / z_j-) R_j}. iNNvestigate without "IgnoreBias" puts
 * the whole bias in both denominators ({@link Bias#WHOLE}), which makes 2/1 explode.
 *
 * @param alpha weight of positive contributions, {@code 1 + beta}
 * @param beta weight of negative contributions, at least 0
 * @param bias {@link Bias#SPLIT}: b+ with the positive, b- with the negative contributions, as in
 *     zennit
 * @param epsilon stabilises the denominators by their sign
 */
public record LrpAlphaBeta(double alpha, double beta, Bias bias, double epsilon, Start start)
    implements RelevanceExplainer {

  public LrpAlphaBeta {
    RelevanceExplainer.checkEpsilon(epsilon);
    if (!(beta >= 0) || Math.abs(alpha - beta - 1) > 1e-9) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Alpha (%s) must be 1 + beta (%s), and beta must not be negative.\nMaybe set alpha to %s.",
              alpha,
              beta,
              1 + Math.abs(beta)));
    }
  }

  public LrpAlphaBeta() {
    this(2, 1, Bias.SPLIT, 1e-6, Start.LOGIT);
  }

  @Override
  public String id() {
    return "lrp-alpha-beta";
  }

  @Override
  public String summary() {
    return "Positive and negative contributions weighted separately (Bach et al. 2015)";
  }

  @Override
  public PropagationRule rule() {
    return new AlphaBetaRule(alpha, beta, bias, epsilon);
  }
}
