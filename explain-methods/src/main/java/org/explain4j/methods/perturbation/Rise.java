package org.explain4j.methods.perturbation;

import java.util.List;
import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.network.Classifier;

/**
 * RISE (Petsiuk et al. 2018, arXiv 1806.07421): {@code 1/(N p) sum_k f_c(x * M_k) M_k} over smooth
 * random masks: a coarse grid of ones with probability p, enlarged bilinearly and shifted by a
 * random part of a cell. All examples see the same masks, as in the authors' code.
 *
 * @param samples number of masks, N; the authors used 4,000 to 8,000 for ImageNet
 * @param cells number of the coarse grid's cells along each side
 * @param probability p that a cell stays
 * @param baseline what masked pixels fade to, per channel or one for all
 * @param seed at least 1
 */
public record Rise(
    int samples, int cells, double probability, List<Double> baseline, Output output, long seed)
    implements Perturbation {

  public Rise {
    baseline = List.copyOf(baseline);
    Extension.requireCount("samples", samples);
    Extension.requireCount("cells", cells);
    Extension.requireSeed(seed);
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
    return "Mean of random masks, weighted by the output they leave (Petsiuk et al. 2018)";
  }

  @Override
  public double passes(Classifier classifier) {
    return samples;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    ImageShape images = ImageShape.of(subject.classifier(), this);
    return examples -> new RandomMasks(examples, images, this).weigh();
  }
}
