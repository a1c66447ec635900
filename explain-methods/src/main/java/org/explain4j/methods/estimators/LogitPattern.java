package org.explain4j.methods.estimators;

/** Which estimator the two-component estimator uses in the logit layer. */
public enum LogitPattern {
  /** S_a: there is no rectifier behind the logits, so there is one regime. */
  LINEAR,
  /** a+ as in every other layer, as the published codes do. */
  POSITIVE
}
