package org.explain4j.api;

/** Which output of a neuron an estimator ({@code fit-on}) or rho uses in its regression. */
public enum RegressionTarget {
  /** The pre-activation y. */
  PRE,
  /** The rectified output max(y, 0). */
  POST
}
