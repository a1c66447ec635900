package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Affine;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.propagation.CompilableRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** The message over an affine layer's scale; 0 where that is 0. */
record Unscaled() implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    Affine affine = (Affine) site.layer();
    return List.of(
        site.product(site.message(), site.perChannel("1 / s", () -> pattern(affine.scale()))));
  }

  private static INDArray pattern(INDArray scale) {
    INDArray pattern = scale.rdiv(1);
    BooleanIndexing.replaceWhere(pattern, 0, Conditions.isInfinite());
    return pattern;
  }

  @Override
  public String toString() {
    return "1 / scale";
  }
}
