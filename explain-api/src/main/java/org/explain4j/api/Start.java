package org.explain4j.api;

/** The value at the explained class from which the backward pass starts. */
public enum Start {
  /** One: the explanation of the class per unit of logit. */
  ONE,
  /** The logit, as in the published code of LRP and PatternNet. */
  LOGIT
}
