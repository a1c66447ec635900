package org.explain4j.experiments.inspection;

import org.explain4j.api.Dataset;

/** How many examples an experiment uses, and how many go through the network at a time. */
record Sizes(int a, int b, int c, int images, int batch) {
  private static final int MOST_A = 8000;
  private static final int MOST_REST = 2000;
  private static final int MOST_IMAGES = 100;
  private static final int FEW_IMAGES = 30;
  private static final int FEWEST_A = 200;
  private static final double PASS_SECONDS = 240;

  /** From this time for an image on, metrics of many images take hours. */
  private static final double SLOW_SECONDS = 0.05;

  /**
   * What the data have, as far as a pass over them takes some minutes only.
   *
   * @param seconds for an image
   */
  static Sizes of(Dataset data, double seconds) {
    int train = data.train().size();
    double images = PASS_SECONDS / Math.max(1e-6, seconds);
    int affordable = (int) Math.max(FEWEST_A, Math.min(MOST_A, images));
    int b = Math.max(2, Math.min(Math.min(MOST_REST, affordable / 4), train / 5));
    int a = Math.max(2, Math.min(affordable, train - b));
    int c = Math.max(1, Math.min(Math.min(MOST_REST, affordable / 4), data.test().size()));
    return new Sizes(a, b, c, Math.min(seconds > SLOW_SECONDS ? FEW_IMAGES : MOST_IMAGES, c), 100);
  }

  Sizes batch(int other) {
    return new Sizes(a, b, c, images, other);
  }
}
