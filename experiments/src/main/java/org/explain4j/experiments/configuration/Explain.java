package org.explain4j.experiments.configuration;

/**
 * What is explained.
 *
 * @param images number of images of split C, drawn with the experiment's seed
 * @param targetClass the class explained: {@code predicted}, {@code true} or a class index
 * @param reference number of examples of split A given to methods that need a data distribution
 */
public record Explain(int images, TargetClass targetClass, int reference) {

  public Explain() {
    this(200, TargetClass.parse("predicted"), 200);
  }

  public Explain {
    Checks.atLeast("images", images, 1);
    Checks.atLeast("reference", reference, 1);
  }
}
