package org.explain4j.datasets.generated;

/** Shapes of four squares; the squares of an image of 8 x 8 pixels are its pixels. */
enum Tetromino {
  T(3, "XXX" + ".X."),
  L(2, "X." + "X." + "XX");

  private static final int COUNT = 4;

  private final int columns;
  private final String squares;

  Tetromino(int columns, String squares) {
    this.columns = columns;
    this.squares = squares;
  }

  /** Number of pixels of the shape. */
  static int pixels(int side) {
    int square = side / Background.UNIT;
    return COUNT * square * square;
  }

  /**
   * Its length from top to bottom in squares.
   *
   * @param turns by 90 degrees, clockwise
   */
  int height(int turns) {
    return turns % 2 == 0 ? squares.length() / columns : columns;
  }

  /** Its length from left to right in squares. */
  int width(int turns) {
    return height(turns + 1);
  }

  /**
   * Marks the shape in an image {@code [h*w]}.
   *
   * @param place first row and first column, in pixels
   */
  void mark(boolean[] image, int side, int turns, int... place) {
    int square = side / Background.UNIT;
    for (int y = 0; y < height(turns) * square; y++) {
      for (int x = 0; x < width(turns) * square; x++) {
        if (isFilled(turns, y / square, x / square)) {
          image[(place[0] + y) * side + place[1] + x] = true;
        }
      }
    }
  }

  private boolean isFilled(int turns, int y, int x) {
    return turns == 0
        ? squares.charAt(y * columns + x) == 'X'
        : isFilled(turns - 1, width(turns) - 1 - x, y);
  }
}
