package org.explain4j.methods.baselines;

import java.util.function.Function;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Subject;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.methods.perturbation.Perturbation;
import org.explain4j.network.Classifier;

/**
 * Sobel's edge detector, which ignores the network (Adebayo et al. 2018, arXiv 1810.03292): the
 * length of each channel's 3x3 Sobel gradient, with edge pixels repeated.
 */
public record Sobel() implements Perturbation {

  @Override
  public String id() {
    return "sobel";
  }

  @Override
  public String summary() {
    return "Edges of the image: a baseline that ignores the network";
  }

  @Override
  public double passes(Classifier classifier) {
    return 1;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    ImageShape images = ImageShape.of(subject.classifier(), this);
    return examples -> edges(examples, images);
  }

  private static double[] edges(ExampleBatch examples, ImageShape images) {
    double[] result = new double[examples.values().length];
    for (int plane = 0; plane < result.length; plane += images.pixels()) {
      Plane p = new Plane(examples.values(), plane, images.height(), images.width());
      for (int i = 0; i < images.pixels(); i++) {
        int y = i / images.width();
        int x = i % images.width();
        double right = p.at(y - 1, x + 1) + 2 * p.at(y, x + 1) + p.at(y + 1, x + 1);
        double left = p.at(y - 1, x - 1) + 2 * p.at(y, x - 1) + p.at(y + 1, x - 1);
        double below = p.at(y + 1, x - 1) + 2 * p.at(y + 1, x) + p.at(y + 1, x + 1);
        double above = p.at(y - 1, x - 1) + 2 * p.at(y - 1, x) + p.at(y - 1, x + 1);
        result[plane + i] = Math.hypot(right - left, below - above);
      }
    }
    return result;
  }

  private record Plane(double[] values, int offset, int height, int width) {
    double at(int y, int x) {
      int row = Math.max(0, Math.min(height - 1, y));
      return values[offset + row * width + Math.max(0, Math.min(width - 1, x))];
    }
  }
}
