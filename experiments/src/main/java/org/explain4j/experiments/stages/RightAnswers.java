package org.explain4j.experiments.stages;

import java.util.OptionalLong;
import org.explain4j.reports.runs.Accuracy;

/** How often a network is right, and how often among its five largest outputs. */
final class RightAnswers {
  private static final int FIVE = 5;

  /** With more classes, the five most probable say more than the first. */
  private static final int MANY = 20;

  private int images;
  private int first;
  private int amongFive;
  private boolean many;

  /** An image's outputs and its class. */
  void add(double[] outputs, int label) {
    int rank = rank(outputs, label);
    images++;
    first += rank == 0 ? 1 : 0;
    amongFive += rank < FIVE ? 1 : 0;
    many = outputs.length > MANY;
  }

  Accuracy accuracy() {
    return new Accuracy(images, first, many ? OptionalLong.of(amongFive) : OptionalLong.empty());
  }

  /**
   * How many outputs come before that of a class; of equal ones the first comes first. NaN is never
   * right.
   */
  private static int rank(double[] outputs, int label) {
    int before = Double.isNaN(outputs[label]) ? outputs.length : 0;
    for (int i = 0; i < outputs.length; i++) {
      before += outputs[i] > outputs[label] || (outputs[i] == outputs[label] && i < label) ? 1 : 0;
    }
    return before;
  }
}
