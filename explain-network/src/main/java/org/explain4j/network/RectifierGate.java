package org.explain4j.network;

/** What a rectifier lets down of what arrives from above. */
public enum RectifierGate {
  /** What arrives where the forward pass was positive: the gradient. */
  FORWARD,
  /** What is positive of what arrives, whatever the forward pass did: DeconvNet. */
  POSITIVE,
  /** Both: Guided Backprop. */
  BOTH
}
