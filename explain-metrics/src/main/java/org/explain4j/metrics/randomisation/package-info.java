/**
 * Metrics that change the network or the class and compare explanations: rows over {@link
 * org.explain4j.metrics.randomisation.Randomised}.
 */
package org.explain4j.metrics.randomisation;
