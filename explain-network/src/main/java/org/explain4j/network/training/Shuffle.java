package org.explain4j.network.training;

import java.util.SplittableRandom;

/** The project's only shuffle: splits, held-out shares and mini-batches are drawn with it. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * 0 to n - 1 in random order (Fisher and Yates, from the inside out); every order is equally
   * likely.
   *
   * @param n at least 0
   */
  public static int[] order(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
