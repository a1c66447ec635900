package org.explain4j.methods.perturbation;

import java.util.List;
import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;

/**
 * LIME (Ribeiro et al. 2016, arXiv 1602.04938): a ridge regression of the output on which segments
 * of the image are left, with samples weighted by {@code sqrt(exp(-d^2 / width^2))}, where d is the
 * cosine distance to the whole image. A pixel gets its segment's coefficient. Defaults are those of
 * the authors' lime_image, which segments with quickshift.
 *
 * @param size side of a segment in pixels
 * @param samples per example, the whole image first
 * @param width of the kernel
 * @param ridge penalty, not on the intercept
 * @param baseline per channel or one for all; empty for each segment's own mean
 * @param seed at least 1; together with an example's content it determines the samples
 */
public record Lime(
    Segmentation segmentation,
    int size,
    int samples,
    double width,
    double ridge,
    List<Double> baseline,
    Output output,
    long seed)
    implements Perturbation {

  public Lime {
    baseline = List.copyOf(baseline);
    Extension.requireCount("size", size);
    Extension.requireCount("samples", samples);
    Extension.requireSeed(seed);
    Extension.requirePositive("width", width);
    Extension.requirePositive("ridge", ridge);
  }

  public Lime() {
    this(Segmentation.SLIC, 4, 1000, 0.25, 1, List.of(), Output.PROBABILITY, 1);
  }

  @Override
  public String id() {
    return "lime";
  }

  @Override
  public String summary() {
    return "Local linear model over segments of the image (Ribeiro et al. 2016)";
  }

  @Override
  public double passes(Classifier classifier) {
    return samples;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    return examples -> new SegmentRegression(examples, segmentation, size, baseline).lime(this);
  }
}
