package org.explain4j.network.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;

/** Says what an exception means to whoever gave the program a file. */
public final class Reason {
  /** Exceptions of Java's whose messages are for programmers, or empty. */
  private static final Map<Class<?>, String> PLAIN =
      Map.of(
          EOFException.class, "it ends too early",
          BufferUnderflowException.class, "it ends too early",
          NullPointerException.class, "a value is missing",
          ClassCastException.class, "a value is of another kind than expected",
          IndexOutOfBoundsException.class, "a number in it is out of range",
          NegativeArraySizeException.class, "a size in it is negative",
          ArithmeticException.class, "its sizes are too large",
          StackOverflowError.class, "it nests too deeply",
          OutOfMemoryError.class, "it asks for more memory than there is");

  /** How Linux and macOS say it. */
  static final String NO_SPACE = "No space left on device";

  private Reason() {}

  /** Never empty; without a full stop, unless the message has one. */
  public static String of(Throwable error) {
    if (error instanceof UncheckedIOException wrapped
        && String.valueOf(wrapped.getMessage()).equals(wrapped.getCause().toString())) {
      return of(wrapped.getCause());
    }
    if (error instanceof FileSystemException file) {
      return of(file);
    }
    if (error instanceof InvalidPathException path) {
      return of(path);
    }
    for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
      if (PLAIN.containsKey(type)) {
        return PLAIN.get(type);
      }
    }
    String message = error.getMessage();
    if (isDiskFull(error)) {
      return full(message);
    }
    return message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
  }

  /** Linux and macOS, then Windows. */
  static boolean isDiskFull(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return error instanceof IOException
        && (message.contains(NO_SPACE) || message.contains("not enough space on the disk"));
  }

  /** What follows in the message is how much is needed. */
  private static String full(String message) {
    int end = message.indexOf(NO_SPACE);
    String rest = end < 0 ? "" : message.substring(end + NO_SPACE.length());
    return "the disk is full"
        + rest
        + "\nMaybe free some space and run again: finished work is kept.";
  }

  private static String of(InvalidPathException error) {
    boolean letters = String.valueOf(error.getReason()).contains("unmappable");
    return String.format(
        Locale.ROOT,
        "'%s' is not a file name: %s",
        error.getInput(),
        letters
            ? "the locale has no such letters\nMaybe set LC_ALL=C.UTF-8 in the environment."
            : error.getReason());
  }

  private static String of(FileSystemException error) {
    String file = error.getFile() == null ? "" : error.getFile() + ": ";
    if (error instanceof NoSuchFileException) {
      return file + "there is no such file";
    }
    if (error instanceof NotDirectoryException) {
      return file + "it is not a folder";
    }
    if (error instanceof FileAlreadyExistsException) {
      return file + "it exists already";
    }
    if (error instanceof AccessDeniedException) {
      return file + "permission denied";
    }
    if (isDiskFull(error)) {
      return file + full(error.getReason());
    }
    return file + (error.getReason() == null ? "it cannot be used" : error.getReason());
  }
}
