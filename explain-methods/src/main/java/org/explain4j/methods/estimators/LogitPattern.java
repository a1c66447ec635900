package org.explain4j.methods.estimators;

/** Which estimator the two-component estimator uses in the logit layer. */
public enum LogitPattern {
  /** S_a: no rectifier follows the logits, so there is only one regime. */
  LINEAR,
  /** a+ as in every other layer, like the published code. */
  POSITIVE
}
