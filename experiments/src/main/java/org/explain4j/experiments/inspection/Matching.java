package org.explain4j.experiments.inspection;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which output of a network each class of the data is, by how often the two coincide. */
final class Matching {
  private Matching() {}

  /**
   * An output of its own for each class, the most frequent pairs first; -1 where none is left.
   *
   * @param count how many images tell, from the first on
   */
  static int[] of(int[] predicted, int[] labels, int count, int classes) {
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < count; i++) {
      counts[labels[i]][predicted[i]]++;
    }
    int[] output = new int[classes];
    Arrays.fill(output, -1);
    boolean[] taken = new boolean[classes];
    IntStream.range(0, classes * classes)
        .filter(pair -> counts[pair / classes][pair % classes] > 0)
        .boxed()
        .sorted((a, b) -> counts[b / classes][b % classes] - counts[a / classes][a % classes])
        .forEach(
            pair -> {
              int label = pair / classes;
              int to = pair % classes;
              if (output[label] < 0 && !taken[to]) {
                output[label] = to;
                taken[to] = true;
              }
            });
    return output;
  }

  static boolean isComplete(int[] output) {
    return Arrays.stream(output).noneMatch(each -> each < 0);
  }
}
