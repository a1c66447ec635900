package org.explain4j.network.propagation;

/** Which part of a message from above passes a rectifier on its way down. */
public enum RectifierGate {
  /** Where the forward pass was positive: the gradient. */
  FORWARD,
  /** Where the message is positive, whatever the forward pass did: DeconvNet. */
  POSITIVE,
  /** Where both are positive: Guided Backprop. */
  BOTH
}
