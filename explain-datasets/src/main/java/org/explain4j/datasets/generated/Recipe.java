package org.explain4j.datasets.generated;

import java.util.SplittableRandom;

/** Makes images of one kind. */
interface Recipe {
  /** Values beyond this many standard deviations of the noise are clipped: one in 150,000. */
  double CLIPPED = 4.5;

  /** Draws an image of class 0 or 1. */
  Drawn draw(int label, SplittableRandom random);

  /** The absolute value that becomes pixel 0 or 1. */
  double limit();

  /**
   * @param filter of the background, {@code [side][side]}
   * @param signal its strength, between 0 and 1
   * @param seed of what all images share
   */
  static Recipe of(Kind kind, double[][] filter, double signal, long seed) {
    return kind == Kind.DISTRACTORS
        ? Distractors.of(filter, signal, seed)
        : new Shapes(kind, filter, signal);
  }
}
