package org.explain4j.methods.explainers;

/** How relevance passes an average pooling, where tools differ. */
public enum PoolingShares {
  /** In proportion to what each pixel contributed. */
  PROPORTIONAL,
  /** Equally, as iNNvestigate does in deep Taylor. */
  EQUAL
}
