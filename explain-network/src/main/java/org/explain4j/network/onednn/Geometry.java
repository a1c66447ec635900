package org.explain4j.network.onednn;

/**
 * How a window moves over an image; two numbers each, rows and columns.
 *
 * @param kernel size; for pooling
 * @param dilations 1 for none
 * @param before padding above and left
 * @param after padding below and right
 */
public record Geometry(
    long[] kernel, long[] strides, long[] dilations, long[] before, long[] after) {

  /** As oneDNN counts: pixels left out between taps. */
  long[] gaps() {
    return new long[] {dilations[0] - 1, dilations[1] - 1};
  }
}
