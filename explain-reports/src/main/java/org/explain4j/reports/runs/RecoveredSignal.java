package org.explain4j.reports.runs;

import org.explain4j.api.Group;

/**
 * A row of {@code signal-recovery.csv}: whether a method shows the signal of the linear toy.
 *
 * @param noise {@code distractor}, {@code mean}, {@code isotropic} or {@code dimensions}
 * @param angle of the distractor in degrees, or the mean of its factor, or the standard deviation
 *     of isotropic noise, or the number of dimensions
 * @param cosine mean of its absolute value
 * @param verdict {@code PASS} or {@code FAIL} at the angle of the verdict, for every mean and every
 *     number of dimensions, empty elsewhere
 */
public record RecoveredSignal(
    String noise, double angle, String explainer, Group group, double cosine, String verdict) {}
