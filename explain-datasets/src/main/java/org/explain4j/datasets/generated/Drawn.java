package org.explain4j.datasets.generated;

/**
 * One image.
 *
 * @param values {@code [h*w]}, before they are mapped to [0,1]
 * @param mask where the signal is
 */
record Drawn(double[] values, boolean[] mask) {}
