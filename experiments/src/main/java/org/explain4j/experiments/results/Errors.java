package org.explain4j.experiments.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.explain4j.network.files.Reason;

/** What an exception tells a user. */
public final class Errors {
  /** How ND4J says that an array would exceed the limit that {@link OffHeap} sets. */
  private static final String ARRAY_REFUSED = "Allocation failed: [";

  private Errors() {}

  /**
   * The message, or the exception's name where it has none; memory errors name the setting to
   * change.
   */
  public static String message(Throwable error) {
    if (isOutOfMemory(error)) {
      return String.format(
          Locale.ROOT,
          "Out of memory: %s\n"
              + "Maybe set a smaller 'batch', or more memory in EXPLAIN4J_OFFHEAP or"
              + " EXPLAIN4J_HEAP.",
          Objects.requireNonNullElse(rootOf(error).getMessage(), "the heap is full"));
    }
    if (error instanceof FileSystemException
        || error instanceof UncheckedIOException
        || error instanceof InvalidPathException) {
      return Reason.of(error);
    }
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getClass().getSimpleName();
    }
    return isExpected(error) ? message : error.getClass().getSimpleName() + ": " + message;
  }

  /**
   * Rethrows errors of the virtual machine itself. All others end only one piece of work, even
   * running out of memory or stack, which is over when the work is.
   */
  static void rethrowIfTheMachineFailed(Throwable error) {
    if (error instanceof VirtualMachineError machine
        && !(error instanceof OutOfMemoryError || error instanceof StackOverflowError)) {
      throw machine;
    }
  }

  /** Whether memory ran out, on the heap or outside it. */
  public static boolean isOutOfMemory(Throwable error) {
    Throwable root = rootOf(error);
    return root instanceof OutOfMemoryError
        || String.valueOf(root.getMessage()).startsWith(ARRAY_REFUSED);
  }

  /** Whether the message was written for users. */
  private static boolean isExpected(Throwable error) {
    return error instanceof IllegalArgumentException
        || error instanceof IllegalStateException
        || error instanceof IOException;
  }

  /**
   * Why native libraries could not be loaded, without which nothing works, if that is the error.
   */
  public static Optional<String> whyThereAreNoNatives(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsatisfiedLinkError) {
        return Optional.of(String.valueOf(rootOf(cause).getMessage()));
      }
    }
    return Optional.empty();
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && !(root instanceof OutOfMemoryError)) {
      root = root.getCause();
    }
    return root;
  }
}
