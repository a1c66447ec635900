package org.explain4j.experiments.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be run. */
public final class ConfigurationException extends RuntimeException {
  private final List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** A problem that shows up only once data and model are open. */
  public ConfigurationException(String path, String message) {
    this(List.of(new Problem(path, message)));
  }

  /** A word that names nothing that is known. */
  public static ConfigurationException unknown(
      String path, String noun, String word, List<String> known) {
    return new ConfigurationException(path, Problems.unknown(noun, word, known));
  }

  /** All of them, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
