package org.explain4j.methods.paths;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** A rule for the integral over [0,1]: nodes and weights, which sum to 1. */
public enum Quadrature {
  /**
   * Nodes k/n from 0, as in iNNvestigate: with a baseline of 0 the first gradient is often zero.
   */
  RIEMANN_LEFT,
  /** Nodes k/n up to 1. */
  RIEMANN_RIGHT,
  /** Nodes (k + 1/2)/n. */
  RIEMANN_MIDDLE,
  /** Nodes k/(n-1), the two ends with half the weight; Captum's weights sum to 1 - 1/n. */
  TRAPEZOID,
  /** Exact for polynomials up to degree 2n - 1. */
  GAUSS_LEGENDRE;

  /** Where the integrand is evaluated. */
  public double[] nodes(int n) {
    return tabulate(n, true);
  }

  /** The weight of each value. */
  public double[] weights(int n) {
    return tabulate(n, false);
  }

  private double[] tabulate(int n, boolean nodes) {
    double[] values = new double[n];
    GaussIntegrator gauss =
        this == GAUSS_LEGENDRE ? new GaussIntegratorFactory().legendre(n, 0, 1) : null;
    for (int k = 0; k < n; k++) {
      if (gauss != null) {
        values[k] = nodes ? gauss.getPoint(k) : gauss.getWeight(k);
      } else if (this == TRAPEZOID) {
        boolean end = k == 0 || k == n - 1;
        values[k] = nodes ? (double) k / (n - 1) : (end ? 0.5 : 1) / (n - 1);
      } else {
        values[k] = nodes ? (k + shift()) / n : 1.0 / n;
      }
    }
    return values;
  }

  private double shift() {
    return this == RIEMANN_LEFT ? 0 : this == RIEMANN_RIGHT ? 1 : 0.5;
  }
}
