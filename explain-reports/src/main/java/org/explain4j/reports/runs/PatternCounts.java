package org.explain4j.reports.runs;

/**
 * A row of {@code patterns.csv}: how many neurons of a layer an estimator found patterns for.
 *
 * @param fitOn {@code pre} or {@code post}
 * @param neurons of the layer
 * @param positiveFitted neurons with a pattern of their positive regime
 * @param positiveUnoccupied neurons that are never positive on split A
 * @param positiveVanishing neurons without a pattern because a denominator vanishes
 */
public record PatternCounts(
    String estimator,
    String fitOn,
    String layer,
    long neurons,
    long positiveFitted,
    long positiveUnoccupied,
    long positiveVanishing,
    long negativeFitted,
    long negativeUnoccupied,
    long negativeVanishing) {}
