package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A rule in terms of an arithmetic. If all rules of a composite are such, the whole pass is
 * compiled into one program; otherwise they compute with arrays of ND4J's, layer by layer.
 */
public interface CompilableRule extends PropagationRule, BackwardStep {

  @Override
  default List<INDArray> propagate(Site site, INDArray message) {
    if (site.layer() instanceof LinearLayer) {
      return Pieces.propagate(site, message, this);
    }
    try (ChangedLayers layers = new ChangedLayers(site.node().name(), site.layer());
        ArrayArithmetic arrays = new ArrayArithmetic(layers, site, message)) {
      return arrays.results(this);
    }
  }
}
