package org.explain4j.experiments.statistics;

/** A confidence interval. */
public record Interval(double low, double high) {

  /** Whether all of it is closer to 0 than the margin. */
  public boolean inside(double margin) {
    return -margin < low && high < margin;
  }
}
