package org.explain4j.methods.baselines;

import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;

/**
 * Uniform noise in [0,1), which ignores network and image: a method that does not beat it explains
 * nothing.
 *
 * @param seed at least 1; together with an image's content it determines the image's noise
 */
public record RandomAttribution(long seed) implements Explainer {

  public RandomAttribution {
    Extension.requireSeed(seed);
  }

  public RandomAttribution() {
    this(1);
  }

  @Override
  public String id() {
    return "random";
  }

  @Override
  public String summary() {
    return "Uniform noise: a baseline that every method should beat";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public double passes(Classifier classifier) {
    return 1;
  }

  @Override
  public Attributor bind(Subject subject) {
    return Attributor.of(subject.classifier(), this::noise);
  }

  private double[] noise(ExampleBatch examples) {
    double[] noise = new double[examples.values().length];
    for (int example = 0; example < examples.count(); example++) {
      SplittableRandom random = examples.random(example, seed, 0);
      for (int i = 0; i < examples.size(); i++) {
        noise[examples.start(example) + i] = random.nextDouble();
      }
    }
    return noise;
  }
}
