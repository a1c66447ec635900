package org.explain4j.methods.rules;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Layer;
import org.explain4j.network.NormPool;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.CompilableRule;

/** LRP-0 for layers without weights: each input's share of the output. */
record Proportional() implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    List<V> shares = site.gradient(site.quotient(site.message(), site.output(), 0, 1));
    List<V> messages = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      messages.add(site.product(shares.get(i), site.inputs().get(i)));
    }
    return messages;
  }

  @Override
  public Applicability at(Layer layer) {
    return layer instanceof NormPool
        ? Applicability.defined("a norm over a window shares in proportion to |x|^p")
        : Applicability.EXACT;
  }

  @Override
  public boolean readsOutput() {
    return true;
  }

  @Override
  public boolean isProportional() {
    return true;
  }

  @Override
  public String toString() {
    return "in proportion to contribution";
  }
}
