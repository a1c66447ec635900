package org.explain4j.models.graph;

import java.io.IOException;
import java.util.Locale;
import org.explain4j.network.files.Reason;

/** How readers report what a library or the file system says about a file. */
public final class Damage {
  private Damage() {}

  /**
   * @param source the file's name in errors
   * @param format such as ONNX
   * @param cause libraries throw exceptions of many types, some without a message
   */
  public static IOException of(Object source, String format, Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return tooLarge(source, format, cause);
    }
    return new IOException(
        String.format(
            Locale.ROOT, "%s: not in %s format, or damaged: %s", source, format, Reason.of(cause)),
        cause);
  }

  /**
   * Without the error as the cause: code that finds a memory error at the root does not name the
   * file.
   */
  private static IOException tooLarge(Object source, String format, Throwable cause) {
    IOException damage =
        new IOException(
            String.format(
                Locale.ROOT,
                "%s: not in %s format, damaged, or larger than the memory: %s\nMaybe set EXPLAIN4J_HEAP or EXPLAIN4J_OFFHEAP to more memory.",
                source,
                format,
                cause.getMessage()));
    damage.addSuppressed(cause);
    return damage;
  }
}
