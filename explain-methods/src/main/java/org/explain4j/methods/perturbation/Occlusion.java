package org.explain4j.methods.perturbation;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Subject;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.network.Classifier;

/**
 * Occlusion (Zeiler and Fergus 2014, doi:10.1007/978-3-319-10590-1_53): how much the output drops
 * when a square of the image is replaced by a baseline. A pixel under several squares gets their
 * mean, as in Captum; squares that extend beyond the edge are cut off.
 *
 * @param patch side of the square in pixels
 * @param stride pixels between squares, at most patch
 * @param baseline per channel or one for all, in units of the network's input
 */
public record Occlusion(int patch, int stride, List<Double> baseline, Output output)
    implements Perturbation {

  public Occlusion {
    baseline = List.copyOf(baseline);
    if (stride < 1 || stride > patch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The stride (%d) must be from 1 to the patch (%d), or pixels would be left out.",
              stride,
              patch));
    }
  }

  public Occlusion() {
    this(4, 2, List.of(0.0), Output.LOGIT);
  }

  @Override
  public String id() {
    return "occlusion";
  }

  @Override
  public String summary() {
    return "Drop of the output when a square is hidden (Zeiler and Fergus 2014)";
  }

  @Override
  public double passes(Classifier classifier) {
    return 1.0 + squares(classifier).count();
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    Squares squares = squares(subject.classifier());
    return examples -> squares.drops(examples, examples.constant(baseline), output);
  }

  private Squares squares(Classifier classifier) {
    return Squares.of(ImageShape.of(classifier, this), patch, stride);
  }
}
