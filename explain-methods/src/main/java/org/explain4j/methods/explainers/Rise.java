package org.explain4j.methods.explainers;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.ChannelValues;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * RISE (Petsiuk et al. 2018, arXiv 1806.07421): {@code 1/(N p) sum_k f_c(x * M_k) M_k} over smooth
 * random masks: a coarse grid of ones with probability p, enlarged bilinearly and shifted by a
 * random part of a cell. All examples see the same masks, as in the authors' code.
 *
 * @param samples masks, N; the authors took 4,000 to 8,000 for ImageNet
 * @param cells of the coarse grid along each side
 * @param probability p that a cell stays
 * @param baseline what masked pixels fade to, per channel or one for all
 * @param seed at least 1
 */
public record Rise(
    int samples, int cells, double probability, List<Double> baseline, Output output, long seed)
    implements Explainer {

  public Rise {
    baseline = List.copyOf(baseline);
    Keys.checkCount("samples", samples);
    Keys.checkCount("cells", cells);
    Keys.checkSeed(seed);
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "The probability (" + probability + ") must lie between 0 and 1.");
    }
  }

  public Rise() {
    this(1000, 7, 0.5, List.of(0.0), Output.PROBABILITY, 1);
  }

  @Override
  public String id() {
    return "rise";
  }

  @Override
  public String summary() {
    return "Mean of random masks weighted by what they leave (Petsiuk et al. 2018)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    Images images = Images.of(subject.network(), this);
    return (inputs, classes) -> {
      double[] hidden;
      try (INDArray example = ChannelValues.examples(baseline, inputs, 1)) {
        hidden = example.castTo(DataType.DOUBLE).data().asDouble();
      }
      return Chunk.attribute(
          subject.network(), inputs, classes, chunk -> weigh(chunk, images, hidden));
    };
  }

  private double[] weigh(Chunk chunk, Images images, double[] hidden) {
    double[] sums = new double[chunk.count() * images.pixels()];
    Masks making = new Masks(images);
    Masks taking = new Masks(images);
    chunk.each(
        samples,
        (example, sample, target, offset) -> {
          double[] mask = making.of(sample);
          int start = chunk.start(example);
          for (int i = 0; i < chunk.size(); i++) {
            double keep = mask[i % mask.length];
            target[offset + i] = hidden[i] + keep * (chunk.values()[start + i] - hidden[i]);
          }
        },
        output.of(chunk),
        (example, sample, rows, offset) -> {
          double[] mask = taking.of(sample);
          double weight = rows[offset] / (samples * probability);
          for (int i = 0; i < mask.length; i++) {
            sums[example * mask.length + i] += weight * mask[i];
          }
        });
    double[] result = new double[chunk.values().length];
    for (int example = 0; example < chunk.count(); example++) {
      int from = example * images.pixels();
      images.spread(
          Arrays.copyOfRange(sums, from, from + images.pixels()), result, chunk.start(example));
    }
    return result;
  }

  /** The masks in their order; examples come one after the other for each. */
  private final class Masks {
    private final Images images;
    private int current = -1;
    private double[] mask;

    Masks(Images images) {
      this.images = images;
    }

    double[] of(int sample) {
      if (sample != current) {
        mask = mask(Keys.random(0, seed, sample));
        current = sample;
      }
      return mask;
    }

    private double[] mask(SplittableRandom random) {
      int side = cells + 1;
      double[] grid = new double[side * side];
      for (int i = 0; i < grid.length; i++) {
        grid[i] = random.nextDouble() < probability ? 1 : 0;
      }
      double dy = random.nextDouble();
      double dx = random.nextDouble();
      double[] result = new double[images.pixels()];
      for (int i = 0; i < result.length; i++) {
        int row = i / images.width();
        int column = i % images.width();
        double y = dy + (double) row * (cells - 1) / images.height();
        double x = dx + (double) column * (cells - 1) / images.width();
        int y0 = (int) y;
        int x0 = (int) x;
        int cell = y0 * side + x0;
        double fy = y - y0;
        double fx = x - x0;
        double top = grid[cell] * (1 - fx) + grid[cell + 1] * fx;
        double bottom = grid[cell + side] * (1 - fx) + grid[cell + side + 1] * fx;
        result[i] = top * (1 - fy) + bottom * fy;
      }
      return result;
    }
  }
}
