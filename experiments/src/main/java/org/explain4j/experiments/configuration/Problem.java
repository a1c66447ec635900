package org.explain4j.experiments.configuration;

/**
 * One thing that is wrong with a configuration.
 *
 * @param location {@code file:line:column}, or the command-line option
 * @param path of keys, such as {@code explainers[2].pattern-net.estimator}; empty for the whole
 *     file
 * @param message what is wrong and, on further lines, what to do
 */
public record Problem(String location, String path, String message) {
  /** The location of problems that show up only once data and model are open. */
  static final String ELSEWHERE = "configuration";

  /** A problem that shows up only once data and model are open. */
  public Problem(String path, String message) {
    this(ELSEWHERE, path, message);
  }

  @Override
  public String toString() {
    String head = path.isEmpty() ? location + ": " : location + ": " + path + ": ";
    return head + message.replace("\n", "\n    ");
  }
}
