package org.explain4j.experiments.setup;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Which output of a network each class of the data is, by how often the two coincide. */
public final class Matching {
  private Matching() {}

  /**
   * An output of its own for each class, the most frequent pairs first; -1 where none is left.
   *
   * @param count how many images tell, from the first on
   */
  public static int[] of(int[] predicted, int[] labels, int count, int classes) {
    Map<Long, Integer> counts = new TreeMap<>(); // of pairs that occur: classes may be thousands
    for (int i = 0; i < count; i++) {
      counts.merge((long) labels[i] * classes + predicted[i], 1, Integer::sum);
    }
    int[] output = new int[classes];
    Arrays.fill(output, -1);
    boolean[] taken = new boolean[classes];
    counts.entrySet().stream()
        .sorted((a, b) -> b.getValue() - a.getValue())
        .map(Map.Entry::getKey)
        .forEach(
            pair -> {
              int label = (int) (pair / classes);
              int to = (int) (pair % classes);
              if (output[label] < 0 && !taken[to]) {
                output[label] = to;
                taken[to] = true;
              }
            });
    return output;
  }

  /** The outputs that images of these classes should get; -1 where none is known. */
  public static int[] expected(int[] output, int[] labels) {
    return Arrays.stream(labels).map(label -> output[label]).toArray();
  }

  /** Whether every class has an output. */
  public static boolean isComplete(int[] output) {
    return Arrays.stream(output).noneMatch(each -> each < 0);
  }
}
