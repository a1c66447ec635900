package org.explain4j.models.graph;

import java.io.IOException;

/** How readers report what a library or the file system has to say of a file. */
public final class Damage {
  private Damage() {}

  /**
   * @param source the file, as errors call it
   * @param format such as ONNX
   * @param cause libraries throw exceptions of many types, some without a message
   */
  public static IOException of(Object source, String format, Throwable cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new IOException(
        "%s: no %s model, or a damaged one: %s".formatted(source, format, reason), cause);
  }
}
