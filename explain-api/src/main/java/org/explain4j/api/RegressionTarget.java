package org.explain4j.api;

/** Which output of a neuron is regressed on, by an estimator ({@code fit-on}) or by rho. */
public enum RegressionTarget {
  /** The pre-activation y. */
  PRE,
  /** The rectified output max(y, 0). */
  POST
}
