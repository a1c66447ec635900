package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
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
public record ExpectedGradients(int samples, long seed) implements Explainer {

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
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    Attributor gradient = new Gradient().bind(subject);
    INDArray reference = subject.reference().get();
    float[] baselines = reference.castTo(DataType.FLOAT).dup('c').data().asFloat();
    return (inputs, classes) ->
        Chunk.attribute(
            subject.network(), inputs, classes, chunk -> expect(chunk, baselines, gradient));
  }

  private double[] expect(Chunk chunk, float[] baselines, Attributor gradient) {
    int count = baselines.length / chunk.size();
    double[] x = chunk.values();
    double[] sums = new double[x.length];
    chunk.each(
        samples,
        (example, sample, target, offset) -> {
          SplittableRandom random = Keys.random(chunk.key(example), seed, sample);
          int from = random.nextInt(count) * chunk.size();
          double place = random.nextDouble();
          for (int i = 0; i < chunk.size(); i++) {
            double way = x[chunk.start(example) + i] - baselines[from + i];
            target[offset + i] = baselines[from + i] + place * way;
          }
        },
        gradient::attribute,
        (example, sample, rows, offset) -> {
          int from = Keys.random(chunk.key(example), seed, sample).nextInt(count) * chunk.size();
          for (int i = 0; i < chunk.size(); i++) {
            double way = x[chunk.start(example) + i] - baselines[from + i];
            sums[chunk.start(example) + i] += way * rows[offset + i] / samples;
          }
        });
    return sums;
  }
}
