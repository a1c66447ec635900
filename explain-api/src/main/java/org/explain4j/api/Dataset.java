package org.explain4j.api;

import java.util.List;

/**
 * Examples with labels.
 *
 * @param inputShape of one example: {@code [c,h,w]} or {@code [d]}
 * @param classNames names of the classes, by number
 * @param labelling how the classes got their numbers
 * @param train for estimators and regressions (splits A and B)
 * @param test for reported numbers (split C)
 * @param fingerprint SHA-256 (hex) of the data
 * @param notes what the reader skipped or assumed, one sentence each
 */
public record Dataset(
    String name,
    List<Long> inputShape,
    List<String> classNames,
    Labelling labelling,
    Split train,
    Split test,
    String fingerprint,
    List<String> notes) {

  public Dataset {
    inputShape = List.copyOf(inputShape);
    classNames = List.copyOf(classNames);
    notes = List.copyOf(notes);
  }

  /** Data whose classes are all known. */
  public Dataset(
      String name,
      List<Long> inputShape,
      List<String> classNames,
      Split train,
      Split test,
      String fingerprint,
      List<String> notes) {
    this(name, inputShape, classNames, new Labelling.Complete(), train, test, fingerprint, notes);
  }

  /** Likewise, with no notes. */
  public Dataset(
      String name,
      List<Long> inputShape,
      List<String> classNames,
      Split train,
      Split test,
      String fingerprint) {
    this(name, inputShape, classNames, train, test, fingerprint, List.of());
  }
}
