package org.explain4j.datasets.generated;

import java.util.List;

/** How the class shows in an image; the first four are those of XAI-TRIS. */
public enum Kind {
  /** A tetromino is added: a T at the upper left in class 0, an L at the lower right in class 1. */
  LINEAR(0.18, 0.09, "T", "L"),

  /** The same shapes at the same places make the background fainter. */
  MULTIPLICATIVE(0.7, 0.6, "T", "L"),

  /** The T or the L is added anywhere, turned by any multiple of 90 degrees. */
  RIGID(0.55, 0.45, "T", "L"),

  /** Both shapes, each added or subtracted: with equal signs in class 0, with opposite in 1. */
  XOR(0.27, 0.25, "equal signs", "opposite signs"),

  /**
   * The linear toy of Kindermans et al. (2018, Eq. 3) in h*w dimensions: a blob is subtracted in
   * class 0 and added in class 1, behind gratings of random strengths.
   */
  DISTRACTORS(0.1, 0.1, "negative", "positive");

  private final double white;
  private final double correlated;
  private final String first;
  private final String second;

  Kind(double white, double correlated, String first, String second) {
    this.white = white;
    this.correlated = correlated;
    this.first = first;
    this.second = second;
  }

  /** A strength of the signal at which small networks learn much, but not all. */
  double usualSignal(Background background) {
    return background == Background.WHITE ? white : correlated;
  }

  List<String> classNames() {
    return List.of(first, second);
  }
}
