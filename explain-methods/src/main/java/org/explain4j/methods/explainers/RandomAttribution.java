package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;

/**
 * Uniform noise in [0,1) that looks at nothing: a method that does not beat it explains nothing.
 *
 * @param seed at least 1; with an image's content it decides the image's noise
 */
public record RandomAttribution(long seed) implements Explainer {

  public RandomAttribution {
    Keys.checkSeed(seed);
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
    return "Uniform noise: the lower bar for every method";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    return (inputs, classes) -> Chunk.attribute(subject.network(), inputs, classes, this::noise);
  }

  private double[] noise(Chunk chunk) {
    double[] noise = new double[chunk.values().length];
    for (int example = 0; example < chunk.count(); example++) {
      SplittableRandom random = Keys.random(chunk.key(example), seed, 0);
      for (int i = 0; i < chunk.size(); i++) {
        noise[chunk.start(example) + i] = random.nextDouble();
      }
    }
    return noise;
  }
}
