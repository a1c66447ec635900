package org.explain4j.methods.explainers;

import java.util.SplittableRandom;

/**
 * RISE's masks in their order: a coarse grid of ones and zeros, enlarged bilinearly and shifted by
 * a random part of a cell. Examples come one after the other for each mask, so the last is kept.
 */
final class RandomMasks {
  private final Images images;
  private final Rise settings;
  private int current = -1;
  private double[] mask;

  RandomMasks(Images images, Rise settings) {
    this.images = images;
    this.settings = settings;
  }

  /** A mask's values, one a pixel. */
  double[] of(int sample) {
    if (sample != current) {
      mask = mask(Keys.random(0, settings.seed(), sample));
      current = sample;
    }
    return mask;
  }

  private double[] mask(SplittableRandom random) {
    int side = settings.cells() + 1;
    double[] grid = new double[side * side];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextDouble() < settings.probability() ? 1 : 0;
    }
    double dy = random.nextDouble();
    double dx = random.nextDouble();
    double[] xs = new double[images.width()];
    for (int column = 0; column < xs.length; column++) {
      xs[column] = dx + (double) column * (settings.cells() - 1) / images.width();
    }
    double[] result = new double[images.pixels()];
    for (int row = 0; row < images.height(); row++) {
      double y = dy + (double) row * (settings.cells() - 1) / images.height();
      int y0 = (int) y;
      double fy = y - y0;
      for (int column = 0; column < xs.length; column++) {
        int x0 = (int) xs[column];
        double fx = xs[column] - x0;
        int cell = y0 * side + x0;
        double top = grid[cell] * (1 - fx) + grid[cell + 1] * fx;
        double bottom = grid[cell + side] * (1 - fx) + grid[cell + side + 1] * fx;
        result[row * xs.length + column] = top * (1 - fy) + bottom * fy;
      }
    }
    return result;
  }
}
