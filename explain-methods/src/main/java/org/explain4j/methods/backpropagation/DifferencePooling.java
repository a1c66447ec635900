package org.explain4j.methods.backpropagation;

/** What DeepLIFT does at max-pooling, where tools differ. */
public enum DifferencePooling {
  /** What the maximum gained goes to its winner, what it lost to the winner in the baseline. */
  RESCALE,
  /** Passes the multiplier to the winner. */
  GRADIENT
}
