package org.explain4j.methods.perturbation;

import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Prediction Difference Analysis (Zintgraf et al. 2017, arXiv 1702.04595): the weight of evidence
 * {@code log2 odds(c|x) - log2 odds(c|x without a square)}, where the square is marginalised out by
 * samples (the authors clip theirs) from a Gaussian given the pixels around it, fitted to the data
 * at its place. A pixel gets the mean of its squares; p is {@code (p n + 1) / (n + classes)}.
 *
 * @param patch side of the square in pixels
 * @param stride pixels between squares, at most patch; the authors' is 1
 * @param surround pixels around the square that the Gaussian is conditioned on
 * @param samples per square
 * @param ridge added to the Gaussian's variances, as a fraction of their mean
 * @param seed at least 1; with an example's content it determines the samples
 */
public record PredictionDifference(
    int patch, int stride, int surround, int samples, double ridge, long seed)
    implements Perturbation {

  public PredictionDifference {
    Extension.requireCount("stride", stride);
    Extension.requireCount("samples", samples);
    Extension.requireSeed(seed);
    if (stride > patch || surround < 0 || !(ridge > 0)) {
      String given = "stride " + stride + ", patch " + patch + ", surround " + surround;
      throw new IllegalArgumentException(
          "The stride must not exceed the patch, the surround must not be negative, and the ridge must be positive; given are "
              + (given + ", ridge " + ridge + "."));
    }
  }

  public PredictionDifference() {
    this(4, 2, 2, 10, 1e-3, 1);
  }

  @Override
  public String id() {
    return "prediction-difference";
  }

  @Override
  public String summary() {
    return "Evidence lost when a square is marginalised out (Zintgraf et al. 2017)";
  }

  @Override
  public double passes(Classifier classifier) {
    return 1.0 + squares(classifier).count() * (double) samples;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    Squares squares = squares(subject.classifier());
    float[] references = subject.reference().get().castTo(DataType.FLOAT).dup('c').data().asFloat();
    return examples -> new SquareSamples(examples, squares, references, this).evidence();
  }

  private Squares squares(Classifier classifier) {
    return Squares.of(ImageShape.of(classifier, this), patch, stride);
  }
}
