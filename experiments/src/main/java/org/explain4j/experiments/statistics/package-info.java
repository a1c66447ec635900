/**
 * Means with intervals, paired tests and their verdicts, for tables, reports and claims alike.
 *
 * <p>Built on Apache Commons Statistics. Linear algebra and quadrature elsewhere are on Commons
 * Math 3.6.1, which has no successor for them: Commons Statistics has no matrices and no
 * integrators.
 */
package org.explain4j.experiments.statistics;
