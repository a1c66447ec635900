package org.explain4j.methods.explainers;

import java.util.SplittableRandom;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Uniform noise in [0,1) that looks at nothing: a method that does not beat it explains nothing.
 *
 * @param seed at least 1; with an image's content it decides the image's noise
 */
public record RandomAttribution(long seed) implements Explainer {

  public RandomAttribution {
    Examples.checkSeed(seed);
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
    return (inputs, classes) -> {
      Classes.check(subject.network(), inputs, classes);
      INDArray noise = Nd4j.create(subject.network().dataType(), inputs.shape(), 'c');
      long size = inputs.length() / inputs.size(0);
      for (int i = 0; i < classes.length; i++) {
        try (INDArray example = Examples.one(inputs, i)) {
          SplittableRandom random = Examples.random(example, seed);
          for (long j = 0; j < size; j++) {
            noise.data().put(i * size + j, random.nextDouble());
          }
        }
      }
      return noise;
    };
  }
}
