package org.explain4j.experiments.statistics;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The range of k independent standard normal variables: the studentized range with infinitely many
 * degrees of freedom.
 */
final class StudentizedRange {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Beyond it the normal density is below 1e-15. */
  private static final double TAIL = 8.5;

  private static final double WIDEST = 20;
  private static final double ACCURACY = 1e-10;
  private static final GaussIntegrator INTEGRATOR =
      new GaussIntegratorFactory().legendre(200, -TAIL, TAIL);

  private StudentizedRange() {}

  /** P(range at most q): the largest is at z, and the others lie between z - q and z. */
  static double cumulative(double q, int k) {
    return k
        * INTEGRATOR.integrate(
            z ->
                NORMAL.density(z)
                    * Math.pow(
                        NORMAL.cumulativeProbability(z) - NORMAL.cumulativeProbability(z - q),
                        k - 1.0));
  }

  /**
   * @param p between 0 and 1
   * @param k at least 2
   */
  static double quantile(double p, int k) {
    return new BrentSolver(ACCURACY).solve(200, q -> cumulative(q, k) - p, 0, WIDEST);
  }
}
