package org.explain4j.experiments.statistics;

/**
 * A mean and how sure it is.
 *
 * @param low 2.5 % of the distribution
 * @param high 97.5 % of the distribution
 */
public record Band(double mean, double low, double high) {}
