package org.explain4j.reports.runs;

/** The row of {@code accuracy.csv}: how often the network is right on split C. */
public record Accuracy(long images, long correct) {

  /** Correct ones among the images. */
  public double share() {
    return (double) correct / images;
  }
}
