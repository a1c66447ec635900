package org.explain4j.methods.baselines;

import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.methods.perturbation.Perturbation;
import org.explain4j.network.Classifier;

/**
 * A Gaussian at the image's centre, which looks at neither network nor image: photographers put the
 * object there, and a method that does not beat this has not found it.
 *
 * @param width standard deviation as a fraction of the image's height and width
 */
public record CentrePrior(double width) implements Perturbation {

  public CentrePrior {
    Extension.requirePositive("width", width);
  }

  public CentrePrior() {
    this(0.25);
  }

  @Override
  public String id() {
    return "centre-prior";
  }

  @Override
  public String summary() {
    return "A blob at the centre: a baseline that ignores network and image";
  }

  @Override
  public double passes(Classifier classifier) {
    return 1;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    ImageShape images = ImageShape.of(subject.classifier(), this);
    double[] blob = new double[images.pixels()];
    for (int i = 0; i < blob.length; i++) {
      int row = i / images.width();
      double y = (row + 0.5) / images.height() - 0.5;
      double x = (i % images.width() + 0.5) / images.width() - 0.5;
      blob[i] = Math.exp(-(x * x + y * y) / (2 * width * width));
    }
    return examples -> {
      double[] result = new double[examples.values().length];
      for (int example = 0; example < examples.count(); example++) {
        images.spread(blob, result, examples.start(example));
      }
      return result;
    };
  }
}
