package org.explain4j.api;

/** Is told how far a long task has come. */
@FunctionalInterface
public interface Progress {

  /**
   * Called after each step.
   *
   * @param task what is being done, the same text for all its steps
   * @param done of {@code total} steps
   * @param note a short number worth seeing, such as the loss; may be empty
   */
  void step(String task, long done, long total, String note);

  /** Ignores what it is told. */
  static Progress silent() {
    return (task, done, total, note) -> {};
  }
}
