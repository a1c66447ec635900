package org.explain4j.reports.runs;

import java.util.OptionalLong;

/**
 * A row of {@code accuracy.csv}: how often the network is right on split C.
 *
 * @param correct images whose class has the largest output
 * @param topFive images whose class is among the five largest outputs; empty for networks of few
 *     classes, and in files of older versions
 */
public record Accuracy(long images, long correct, OptionalLong topFive) {

  /** The share of images that are right. */
  public double share() {
    return (double) correct / images;
  }
}
