package org.explain4j.experiments.configuration;

/**
 * Uniform noise that is added to every value of an input, in units of the network's input; the sum
 * is not clipped.
 *
 * @param minor so little that predictions stay
 * @param disruptive so much that predictions change
 */
public record InputNoise(ValueRange minor, ValueRange disruptive) {
  public InputNoise() {
    this(new ValueRange(-0.001, 0.001), new ValueRange(0, 1));
  }
}
