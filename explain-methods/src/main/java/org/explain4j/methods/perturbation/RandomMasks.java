package org.explain4j.methods.perturbation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.explain4j.api.ExampleBatch;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.network.arrays.Workers;

/**
 * RISE's masks: a coarse grid of ones and zeros, enlarged bilinearly and shifted by a random part
 * of a cell. The masks of a batch are made on several threads, and kept until its outputs are used
 * as weights.
 */
final class RandomMasks implements ExampleBatch.Maker {
  private final ExampleBatch examples;
  private final ImageShape images;
  private final Rise settings;
  private final double[] hidden;
  private double[][] masks = {};
  private int start; // the first kept mask's number

  RandomMasks(ExampleBatch examples, ImageShape images, Rise settings) {
    this.examples = examples;
    this.images = images;
    this.settings = settings;
    hidden = examples.constant(settings.baseline());
  }

  /** The mean of the masks, each weighted by the output that it leaves. */
  double[] weigh() {
    double[] sums = new double[examples.count() * images.pixels()];
    examples.each(
        settings.samples(),
        this,
        settings.output().of(examples),
        (example, sample, rows, offset) -> {
          double[] mask = masks[sample - start];
          double weight = rows[offset] / (settings.samples() * settings.probability());
          for (int i = 0; i < mask.length; i++) {
            sums[example * mask.length + i] += weight * mask[i];
          }
        });
    double[] result = new double[examples.values().length];
    for (int example = 0; example < examples.count(); example++) {
      int from = example * images.pixels();
      images.spread(
          Arrays.copyOfRange(sums, from, from + images.pixels()), result, examples.start(example));
    }
    return result;
  }

  @Override
  public void prepare(int first, int last) {
    double[][] next = new double[last - first + 1][];
    Workers.forEach(
        next.length,
        i -> {
          int known = first + i - start;
          boolean kept = known >= 0 && known < masks.length;
          next[i] =
              kept ? masks[known] : mask(ExampleBatch.sharedRandom(settings.seed(), first + i));
        });
    masks = next;
    start = first;
  }

  @Override
  public void write(int example, int sample, double[] target) {
    double[] mask = masks[sample - start];
    int at = examples.start(example);
    for (int from = 0; from < examples.size(); from += mask.length) {
      for (int p = 0; p < mask.length; p++) {
        int i = from + p;
        target[i] = hidden[i] + mask[p] * (examples.values()[at + i] - hidden[i]);
      }
    }
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
