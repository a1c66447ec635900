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

  /** A problem that shows up only once data and model are open, or one of the command line. */
  public Problem(String path, String message) {
    this(isTyped(path) ? path : ELSEWHERE, isTyped(path) ? "" : path, message);
  }

  /** Whether it is an option or a command, and not a path of keys. */
  private static boolean isTyped(String path) {
    return path.startsWith("--") || path.startsWith("explain ");
  }

  @Override
  public String toString() {
    String head = path.isEmpty() ? location + ": " : location + ": " + path + ": ";
    return head + message.replace("\n", "\n    ");
  }
}
