package org.explain4j.methods.backpropagation;

import org.explain4j.network.LayerKind;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;

/** How relevance passes an average pooling, where tools differ. */
public enum PoolingShares {
  /** In proportion to what each pixel contributed. */
  PROPORTIONAL,
  /** Equally, as iNNvestigate does in deep Taylor. */
  EQUAL;

  /** Rules with which relevance passes average poolings like this. */
  Composite in(Composite proportional) {
    return this == PROPORTIONAL
        ? proportional
        : proportional.with(LayerKind.AVERAGE_POOL, PropagationRule.gradient());
  }
}
