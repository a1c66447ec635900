package org.explain4j.network.arrays;

/**
 * Where a tap's outputs came from: row y and column x from {@code y + down} and {@code x + right}
 * of the image, if it has these.
 */
public record Shift(int rows, int columns, int height, int width, int down, int right) {
  int firstRow() {
    return Math.max(0, -down);
  }

  int endRow() {
    return Math.min(rows, height - down);
  }

  int firstColumn() {
    return Math.max(0, -right);
  }

  /** How many columns of a row came from the image; at most 0 if none did. */
  int length() {
    return Math.min(columns, width - right) - firstColumn();
  }

  /** Where a row's columns begin in the outputs. */
  int source(int row) {
    return row * columns + firstColumn();
  }

  /** Where they begin in the image. */
  int target(int row) {
    return (row + down) * width + firstColumn() + right;
  }
}
