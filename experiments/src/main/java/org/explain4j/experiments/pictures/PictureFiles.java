package org.explain4j.experiments.pictures;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Photo;
import org.explain4j.api.PictureReader;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.setup.Returned;

/** Finds the files that are meant by names, folders and patterns. */
final class PictureFiles {
  private final Catalog<PictureReader> readers;

  PictureFiles(Catalog<PictureReader> readers) {
    this.readers = readers;
  }

  /**
   * The files, each once, in the order given; those of a folder or pattern by name.
   *
   * @param given a file, a folder, or a pattern such as {@code photos/*.jpg} that the shell left as
   *     it is
   * @throws IOException if one means no picture; the message names it
   */
  List<Path> find(List<String> given) throws IOException {
    Set<Path> found = new LinkedHashSet<>();
    for (String name : given) {
      List<Path> files = find(name);
      if (files.isEmpty()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: There is no picture.\nMaybe give a JPEG or PNG file, or a folder with some.",
                name));
      }
      found.addAll(files);
    }
    return List.copyOf(found);
  }

  private List<Path> find(String name) throws IOException {
    int end = Math.max(name.lastIndexOf('/'), name.lastIndexOf(File.separatorChar)) + 1;
    boolean isPattern = name.substring(end).chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    // A pattern may hold what a path may not, such as an asterisk on Windows.
    return isPattern && !exists(name)
        ? matching(Path.of(name.substring(0, end)), name.substring(end))
        : list(Path.of(name));
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private List<Path> list(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.exists(path) ? List.of(path) : List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(this::isPicture).sorted().toList();
    }
  }

  private List<Path> matching(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> matching = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      files.forEach(matching::add);
    } catch (PatternSyntaxException e) {
      throw new ConfigurationException(pattern, "is no name of a file, and no pattern of names");
    }
    return matching.stream().filter(this::isPicture).sorted().toList();
  }

  private boolean isPicture(Path file) {
    return Files.isRegularFile(file)
        && readers.providers().values().stream().anyMatch(reader -> reader.accepts(file));
  }

  /**
   * Reads a picture by the first reader that knows its name, or else by the first of all.
   *
   * @throws IOException if it cannot be read, or the reader fails
   */
  Photo read(Path file, List<Long> inputShape) throws IOException {
    PictureReader reader =
        readers.providers().values().stream()
            .filter(each -> each.accepts(file))
            .findFirst()
            .orElseGet(() -> readers.providers().values().iterator().next());
    return Returned.from(reader, () -> reader.read(file, inputShape));
  }
}
