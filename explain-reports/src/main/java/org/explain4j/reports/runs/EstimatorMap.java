package org.explain4j.reports.runs;

/**
 * A row of {@code estimator-maps.csv}: which method shows a signal estimator, in display order.
 *
 * @param explainer the method's label
 */
public record EstimatorMap(String estimator, String explainer) {}
