package org.explain4j.experiments.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One run of a sweep.
 *
 * @param label of its folder and in tables, such as {@code kind=xor, seed=2}
 * @param settings each {@code key=value}, in place of those of the file
 */
public record Combination(String label, List<String> settings) {
  /** More runs than anybody waits for: a mistake. */
  private static final int MOST = 1000;

  public Combination {
    settings = List.copyOf(settings);
  }

  /**
   * Every combination of the values of an experiment's {@code matrix}; the last key changes
   * fastest.
   *
   * @throws IllegalArgumentException if a key has no values, or one twice, or there are too many
   */
  public static List<Combination> of(Map<String, List<String>> matrix) {
    List<Combination> all = List.of(new Combination("", List.of()));
    for (Map.Entry<String, List<String>> axis : matrix.entrySet()) {
      if (axis.getValue().isEmpty()
          || axis.getValue().stream().distinct().count() < axis.getValue().size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The matrix needs at least one value of '%s', and each once, not %s.",
                axis.getKey(),
                axis.getValue()));
      }
      List<Combination> longer = new ArrayList<>();
      for (Combination before : all) {
        for (String value : axis.getValue()) {
          longer.add(before.and(axis.getKey(), value, name(axis.getKey(), matrix)));
        }
      }
      if (longer.size() > MOST) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "The matrix has more than %d combinations of values.", MOST));
      }
      all = longer;
    }
    return all.stream().map(Combination::alone).toList();
  }

  /**
   * For what is done with one run.
   *
   * @throws ConfigurationException if the experiment is a sweep
   */
  public static void refuse(Experiment experiment) {
    if (!experiment.matrix().isEmpty()) {
      throw new ConfigurationException(
          "matrix",
          "stands for %d runs, and this is done with one\nMaybe choose one: %s."
              .formatted(
                  of(experiment.matrix()).size(),
                  of(experiment.matrix()).get(0).settings().stream()
                      .map(setting -> "--set " + setting)
                      .collect(Collectors.joining(" "))));
    }
  }

  /** The last part of a key, or all of it where another one ends in the same. */
  private static String name(String key, Map<String, List<String>> matrix) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    boolean unique =
        matrix.keySet().stream()
                .filter(other -> other.substring(other.lastIndexOf('.') + 1).equals(last))
                .count()
            == 1;
    return unique ? last : key;
  }

  private Combination and(String key, String value, String name) {
    List<String> more = new ArrayList<>(settings);
    more.add(key + "=" + value);
    String part = name + "=" + value;
    return new Combination(label.isEmpty() ? part : label + ", " + part, more);
  }

  /** It is itself no sweep. */
  private Combination alone() {
    List<String> more = new ArrayList<>(settings);
    more.add("matrix={}");
    return new Combination(label, more);
  }
}
