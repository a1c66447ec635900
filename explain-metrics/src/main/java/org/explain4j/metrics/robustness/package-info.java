/**
 * Metrics that change the input and compare explanations: rows over {@link
 * org.explain4j.metrics.robustness.Neighbours}.
 */
package org.explain4j.metrics.robustness;
