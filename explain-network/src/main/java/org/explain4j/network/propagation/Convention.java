package org.explain4j.network.propagation;

import java.util.List;
import java.util.function.Function;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A rule with a statement of what it is at a layer, where it serves methods whose papers do not
 * state it.
 */
record Convention(CompilableRule rule, Function<Layer, Applicability> statement)
    implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return rule.messages(site);
  }

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return rule.propagate(site, message);
  }

  @Override
  public Applicability at(Layer layer) {
    return statement.apply(layer);
  }

  @Override
  public boolean readsOutput() {
    return rule.readsOutput();
  }

  @Override
  public boolean isProportional() {
    return rule.isProportional();
  }

  @Override
  public boolean keepsZeros() {
    return rule.keepsZeros();
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}
