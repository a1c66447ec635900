package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.explain4j.api.Subject;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Expected Gradients (Erion et al. 2021, doi:10.1038/s42256-021-00343-w): Integrated Gradients with
 * baselines x' from the training data and places a on the way drawn at random: the mean of {@code
 * (x - x') * grad f_c(x' + a (x - x'))}. Captum and shap call it GradientShap, with noise added.
 *
 * @param samples draws per example
 * @param seed at least 1; with an example's content it decides the draws
 */
public record ExpectedGradients(int samples, long seed) implements Perturbation {

  public ExpectedGradients {
    Keys.checkCount("samples", samples);
    Keys.checkSeed(seed);
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
  public Function<Chunk, double[]> method(Subject subject) {
    INDArray reference = subject.reference().get();
    double[] baselines = reference.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    int count = (int) reference.size(0);
    PathGradients gradients = new PathGradients(new Gradient().bind(subject), baselines);
    return chunk ->
        gradients.sum(
            chunk,
            samples,
            (example, sample) -> {
              SplittableRandom random = Keys.random(chunk.key(example), seed, sample);
              int baseline = random.nextInt(count);
              return new PathGradients.Point(baseline, random.nextDouble(), 1.0 / samples);
            });
  }
}
