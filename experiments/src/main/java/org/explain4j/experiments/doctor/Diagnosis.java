package org.explain4j.experiments.doctor;

/**
 * What a check found.
 *
 * @param subject what was looked at: {@code off-heap memory}
 * @param text what there is
 * @param advice what to do; empty if all is well
 */
public record Diagnosis(String subject, Level level, String text, String advice) {

  /** From the best to the worst. */
  public enum Level {
    OK,
    /** It works, but slowly or not for large networks. */
    WARN,
    /** Nothing runs, or no report is written. */
    FAIL
  }

  static Diagnosis ok(String subject, String text) {
    return new Diagnosis(subject, Level.OK, text, "");
  }

  static Diagnosis warn(String subject, String text, String advice) {
    return new Diagnosis(subject, Level.WARN, text, advice);
  }

  static Diagnosis fail(String subject, String text, String advice) {
    return new Diagnosis(subject, Level.FAIL, text, advice);
  }
}
