package org.explain4j.datasets.generated;

import java.util.SplittableRandom;

/** The four kinds with tetrominoes. */
record Shapes(Kind kind, double[][] filter, double signal) implements Recipe {

  @Override
  public double limit() {
    double noise = CLIPPED / side();
    return kind == Kind.MULTIPLICATIVE ? noise : (1 - signal) * noise + signal * height();
  }

  private int side() {
    return filter.length;
  }

  /** Value of the signal's pixels: the squares of all pixels' values add up to 1. */
  private double height() {
    return 1 / Math.sqrt((kind == Kind.XOR ? 2 : 1) * Tetromino.pixels(side()));
  }

  @Override
  public Drawn draw(int label, SplittableRandom random) {
    boolean[] first = new boolean[side() * side()];
    boolean[] second = new boolean[side() * side()];
    if (kind == Kind.RIGID) {
      if (label == 0) {
        anywhere(first, Tetromino.T, random);
      } else {
        anywhere(second, Tetromino.L, random);
      }
    } else {
      int square = side() / Background.UNIT;
      Tetromino.T.mark(first, side(), 0, square, square);
      Tetromino.L.mark(second, side(), 0, 4 * square, 5 * square);
    }
    double[] factors = factors(label, random);
    double[] values = Background.draw(filter, random);
    boolean[] mask = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      double pattern = (first[i] ? factors[0] : 0) + (second[i] ? factors[1] : 0);
      values[i] =
          kind == Kind.MULTIPLICATIVE
              ? (1 - signal * pattern) * values[i]
              : signal * height() * pattern + (1 - signal) * values[i];
      mask[i] = first[i] || second[i];
    }
    return new Drawn(values, mask);
  }

  /** By what the T and the L are multiplied. */
  private double[] factors(int label, SplittableRandom random) {
    if (kind == Kind.XOR) {
      int sign = random.nextBoolean() ? 1 : -1;
      return new double[] {sign, label == 0 ? sign : -sign};
    }
    return new double[] {1 - label, label};
  }

  private void anywhere(boolean[] image, Tetromino shape, SplittableRandom random) {
    int square = side() / Background.UNIT;
    int turns = random.nextInt(4);
    shape.mark(
        image,
        side(),
        turns,
        random.nextInt(side() - shape.height(turns) * square + 1),
        random.nextInt(side() - shape.width(turns) * square + 1));
  }
}
