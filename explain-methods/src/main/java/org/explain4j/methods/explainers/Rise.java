package org.explain4j.methods.explainers;

import java.util.Arrays;
import java.util.List;
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
    RandomMasks making = new RandomMasks(images, this);
    RandomMasks taking = new RandomMasks(images, this);
    chunk.each(
        samples,
        (example, sample, target, offset) -> {
          double[] mask = making.of(sample);
          int start = chunk.start(example);
          for (int from = 0; from < chunk.size(); from += mask.length) {
            for (int p = 0; p < mask.length; p++) {
              int i = from + p;
              target[offset + i] = hidden[i] + mask[p] * (chunk.values()[start + i] - hidden[i]);
            }
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
}
