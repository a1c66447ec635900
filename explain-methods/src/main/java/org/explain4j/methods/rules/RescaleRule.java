package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.MaxPool;
import org.explain4j.network.propagation.CompilableRule;

/**
 * DeepLIFT's rescale rule (Shrikumar et al. 2017, arXiv 1704.02685, section 3.5.2) at activations
 * and max-pooling: the multiplier is the output's difference from the reference over the input's.
 *
 * @param epsilon for input differences below it the gradient is used instead
 */
record RescaleRule(double epsilon) implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    Arithmetic<V> from = site.reference();
    V gain = site.difference(site.output(), from.output());
    V contribution =
        site.layer() instanceof MaxPool ? pooled(site, gain) : site.product(gain, site.message());
    V change = site.difference(site.input(), from.input());
    V gradient = site.gradient(site.message()).get(0);
    return List.of(site.slope(contribution, change, epsilon, gradient));
  }

  /** What the maximum gained goes to the input's winner, what it lost to the reference's winner. */
  private static <V> V pooled(Arithmetic<V> site, V change) {
    V gain = site.product(site.positive(change), site.message());
    V loss = site.product(site.negative(change), site.message());
    return site.sum(site.gradient(gain).get(0), site.reference().gradient(loss).get(0));
  }

  @Override
  public boolean readsInput() {
    return true;
  }

  @Override
  public String toString() {
    return "rescale";
  }
}
