package org.explain4j.network.propagation;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layer's vector-Jacobian product. */
record GradientRule() implements PropagationRule {

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return site.layer().backward(site.inputs(), site.output(), message);
  }

  @Override
  public String toString() {
    return "gradient";
  }
}
