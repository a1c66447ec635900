package org.explain4j.methods.perturbation;

import java.util.List;
import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;

/**
 * Kernel SHAP (Lundberg and Lee 2017, arXiv 1705.07874): Shapley values of segments of the image,
 * by least squares over coalitions drawn from the Shapley kernel {@code (M-1) / (s (M-s))} of their
 * size s, each with its complement (Covert and Lee 2021, arXiv 2012.01536), under the constraint
 * that they sum to {@code f(x) - f(x')}. A pixel gets its segment's value.
 *
 * @param size side of a segment in pixels
 * @param samples coalitions per example besides the full and the empty one
 * @param baseline x', per channel or one for all; empty for each segment's own mean
 * @param seed at least 1; together with an example's content it determines the coalitions
 */
public record KernelShap(
    Segmentation segmentation,
    int size,
    int samples,
    List<Double> baseline,
    Output output,
    long seed)
    implements Perturbation {

  public KernelShap {
    baseline = List.copyOf(baseline);
    Extension.requireCount("size", size);
    Extension.requireCount("samples", samples);
    Extension.requireSeed(seed);
  }

  public KernelShap() {
    this(Segmentation.SLIC, 4, 1000, List.of(0.0), Output.LOGIT, 1);
  }

  @Override
  public String id() {
    return "kernel-shap";
  }

  @Override
  public String summary() {
    return "Shapley values of segments of the image (Lundberg and Lee 2017)";
  }

  @Override
  public double passes(Classifier classifier) {
    return 2.0 + samples;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    return examples -> new SegmentRegression(examples, segmentation, size, baseline).shapley(this);
  }
}
