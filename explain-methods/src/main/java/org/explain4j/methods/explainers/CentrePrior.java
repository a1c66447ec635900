package org.explain4j.methods.explainers;

import java.util.function.Function;
import org.explain4j.api.Subject;

/**
 * A Gaussian at the image's centre, which looks at no network and no image: photographers put the
 * object there, and a method that does not beat this has not found it.
 *
 * @param width standard deviation as a fraction of the image's height and width
 */
public record CentrePrior(double width) implements Perturbation {

  public CentrePrior {
    if (!(width > 0)) {
      throw new IllegalArgumentException("The width (" + width + ") must be positive.");
    }
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
  public Function<Chunk, double[]> method(Subject subject) {
    Images images = Images.of(subject.network(), this);
    double[] blob = new double[images.pixels()];
    for (int i = 0; i < blob.length; i++) {
      int row = i / images.width();
      double y = (row + 0.5) / images.height() - 0.5;
      double x = (i % images.width() + 0.5) / images.width() - 0.5;
      blob[i] = Math.exp(-(x * x + y * y) / (2 * width * width));
    }
    return chunk -> {
      double[] result = new double[chunk.values().length];
      for (int example = 0; example < chunk.count(); example++) {
        images.spread(blob, result, chunk.start(example));
      }
      return result;
    };
  }
}
