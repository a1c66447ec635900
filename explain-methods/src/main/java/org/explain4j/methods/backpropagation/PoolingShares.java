package org.explain4j.methods.backpropagation;

import org.explain4j.methods.rules.Relevance;
import org.explain4j.network.LayerKind;
import org.explain4j.network.propagation.Composite;

/** How relevance passes through pooling, where tools differ. */
public enum PoolingShares {
  /** Average pooling in proportion to what each pixel contributed, max-pooling to the winner. */
  PROPORTIONAL,
  /** Average pooling equally, max-pooling to the winner: iNNvestigate in deep Taylor. */
  EQUAL,
  /** Both equally over the whole window: the LRP toolbox with its flat and w^2 rules. */
  WHOLE_WINDOW;

  /** The composite with pooling rules of this kind. */
  Composite in(Composite proportional) {
    return switch (this) {
      case PROPORTIONAL -> proportional;
      case EQUAL -> proportional.with(LayerKind.AVERAGE_POOL, Relevance.equal());
      case WHOLE_WINDOW -> EQUAL.in(proportional).with(LayerKind.MAX_POOL, Relevance.wholeWindow());
    };
  }
}
