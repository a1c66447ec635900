package org.explain4j.api;

/** A method asks for patterns or examples that its {@link Subject} does not have. */
public final class NoDataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what is missing, and how to bind with it
   */
  public NoDataException(String message) {
    super(message);
  }
}
