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

  /**
   * Called before a task's first step, where something is known about its steps; ends the one
   * before.
   *
   * @param total number of steps; 0 for a task that is not counted, such as reading a file
   * @param unit what a step is, in the plural: {@code images}; empty where that tells nothing
   */
  default void begin(String task, long total, String unit) {
    if (total > 0) {
      step(task, 0, total, "");
    }
  }

  /** Ignores what it is told. */
  static Progress silent() {
    return (task, done, total, note) -> {};
  }
}
