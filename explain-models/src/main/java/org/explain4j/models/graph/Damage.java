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
    if (cause instanceof OutOfMemoryError) {
      return tooLarge(source, format, cause);
    }
    String reason =
        cause instanceof StackOverflowError
            ? "It nests too deeply."
            : cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new IOException(
        "%s: no %s model, or a damaged one: %s".formatted(source, format, reason), cause);
  }

  /** Not with the error as cause: whoever finds memory at the root forgets to name the file. */
  private static IOException tooLarge(Object source, String format, Throwable cause) {
    IOException damage =
        new IOException(
            "%s: no %s model, a damaged one, or one larger than the memory: %s\nMaybe give more memory in EXPLAIN4J_HEAP or EXPLAIN4J_OFFHEAP."
                .formatted(source, format, cause.getMessage()));
    damage.addSuppressed(cause);
    return damage;
  }
}
