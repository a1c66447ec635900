package org.explain4j.methods.paths;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.methods.backpropagation.Gradient;
import org.explain4j.methods.perturbation.Perturbation;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Expected Gradients (Erion et al. 2021, doi:10.1038/s42256-021-00343-w): Integrated Gradients with
 * baselines x' from the training data and places a on the path drawn at random: the mean of {@code
 * (x - x') * grad f_c(x' + a (x - x'))}. Captum and shap call it GradientShap, with noise added.
 *
 * @param samples draws per example
 * @param seed at least 1; together with an example's content it determines the draws
 */
public record ExpectedGradients(int samples, long seed) implements Perturbation {

  public ExpectedGradients {
    Extension.requireCount("samples", samples);
    Extension.requireSeed(seed);
  }

  public ExpectedGradients() {
    this(100, 1);
  }

  @Override
  public String id() {
    return "expected-gradients";
  }

  @Override
  public String summary() {
    return "Integrated gradients from training examples (Erion et al. 2021)";
  }

  @Override
  public double passes(Classifier classifier) {
    return 2.0 * samples;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    return method(new Gradient().bind(subject), subject.reference().get());
  }

  Function<ExampleBatch, double[]> method(Attributor gradient, INDArray reference) {
    double[] baselines = reference.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    int count = (int) reference.size(0);
    PathGradients gradients = new PathGradients(gradient, baselines);
    return examples ->
        gradients.sum(
            examples,
            samples,
            (example, sample) -> {
              SplittableRandom random = examples.random(example, seed, sample);
              int baseline = random.nextInt(count);
              return new PathGradients.Point(baseline, random.nextDouble(), 1.0 / samples);
            });
  }
}
