package org.explain4j.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Reads trained networks from one file format. */
public interface ModelReader extends Extension {

  /** Whether the file looks like this format (by content; the name is a hint only). */
  boolean accepts(Path file) throws IOException;

  /**
   * Reads a network and, if the file states them, its preprocessing and class names.
   *
   * @param inputShape of one example, {@code [c,h,w]} or {@code [d]}, used where the file leaves it
   *     open; may be empty
   * @throws IOException if the file cannot be read or is damaged, or has an operator that is not
   *     supported; the message names file, node and operator
   */
  Model read(Path file, List<Long> inputShape) throws IOException;

  /** Reads a file that states its input's shape. */
  default Model read(Path file) throws IOException {
    return read(file, List.of());
  }

  /**
   * The reader that explains another output of networks that have several.
   *
   * @throws IllegalArgumentException if it reads one output only
   */
  default ModelReader ofOutput(String name) {
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "The reader '%s' cannot choose the output '%s': it reads the first one.\n"
                + "Maybe leave out model.file.output.",
            id(),
            name));
  }

  /**
   * What a reader makes of a file, whatever is wrong with the reader.
   *
   * @throws IOException as {@link #read}, or if the reader fails in another way or returns null;
   *     the message names file and reader
   */
  static Model of(ModelReader reader, Path file, List<Long> inputShape) throws IOException {
    try {
      return Objects.requireNonNull(reader.read(file, inputShape), "it returned null");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      String message = e.getMessage() == null ? "" : ": " + e.getMessage();
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: the reader '%s' (%s) failed: %s%s",
              file,
              reader.id(),
              reader.getClass().getName(),
              e.getClass().getSimpleName(),
              message),
          e);
    }
  }

  /**
   * The reader that accepts a file.
   *
   * @param file a model file; for a folder the exception says what it contains
   * @throws IOException if no reader does, or the file cannot be read; the message names file and
   *     readers, or says how to export a known foreign format to ONNX
   */
  static ModelReader accepting(Catalog<ModelReader> readers, Path file) throws IOException {
    StringBuilder failed = new StringBuilder();
    for (ModelReader reader : readers.providers().values()) {
      try {
        if (Files.isRegularFile(file)
            && !ForeignFormat.isSavedModel(file)
            && reader.accepts(file)) {
          return reader;
        }
      } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
        failed.append(
            String.format(
                Locale.ROOT,
                "\n'%s' failed: %s",
                reader.id(),
                e.getMessage() == null ? e.getClass().getSimpleName() : e));
      }
    }
    Optional<String> advice = ForeignFormat.advice(file);
    if (advice.isPresent()) {
      throw new IOException(advice.get());
    }
    throw new IOException(
        String.format(
            Locale.ROOT,
            "%s is not in a format that a model reader knows.\nReaders: %s%s",
            file,
            String.join(", ", readers.ids()),
            failed));
  }
}
