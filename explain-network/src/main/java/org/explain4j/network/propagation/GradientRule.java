package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.Arithmetic;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layer's vector-Jacobian product. */
record GradientRule() implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return site.gradient(site.message());
  }

  /** All of a layer at once. */
  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return site.layer().backward(site.inputs(), site.output(), message);
  }

  @Override
  public boolean keepsZeros() {
    return true;
  }

  @Override
  public String toString() {
    return "gradient";
  }
}
