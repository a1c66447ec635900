package org.explain4j.experiments.configuration;

/**
 * Gaussian factors with mean 1 for every weight and bias of convolutions and dense layers.
 *
 * @param minor standard deviation that leaves predictions as they are
 * @param disruptive standard deviation that changes them
 */
public record WeightNoise(double minor, double disruptive) {
  public WeightNoise() {
    this(0.001, 2);
  }

  public WeightNoise {
    Checks.positive("minor", minor);
    Checks.positive("disruptive", disruptive);
  }
}
