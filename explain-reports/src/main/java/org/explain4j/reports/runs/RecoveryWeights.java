package org.explain4j.reports.runs;

/**
 * A row of {@code signal-recovery-weights.csv}: the weights and directions of the linear toy in two
 * dimensions.
 *
 * @param noise as in {@link RecoveredSignal}
 * @param angle of the distractor in degrees, or the standard deviation of isotropic noise
 * @param distractor1 zero where there is none
 */
public record RecoveryWeights(
    String noise,
    double angle,
    double w1,
    double w2,
    double signal1,
    double signal2,
    double distractor1,
    double distractor2) {}
