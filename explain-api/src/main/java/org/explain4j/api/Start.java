package org.explain4j.api;

/** The value at the explained class from which the backward pass starts. */
public enum Start {
  /** One: the explanation of the class per unit of logit. */
  ONE,
  /** The logit, as the published codes of LRP and PatternNet do. */
  LOGIT
}
