package org.explain4j.experiments.pictures;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.PictureReader;

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
            "%s: There is no picture.\nMaybe give a JPEG or PNG file, or a folder with some."
                .formatted(name));
      }
      found.addAll(files);
    }
    return List.copyOf(found);
  }

  private List<Path> find(String name) throws IOException {
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        return files.filter(this::isPicture).sorted().toList();
      }
    }
    if (Files.exists(path)) {
      return List.of(path);
    }
    Path pattern = path.getFileName();
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    if (pattern == null
        || !Files.isDirectory(folder)
        || pattern.toString().chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return List.of();
    }
    List<Path> matching = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern.toString())) {
      files.forEach(matching::add);
    }
    return matching.stream().filter(this::isPicture).sorted().toList();
  }

  private boolean isPicture(Path file) {
    return Files.isRegularFile(file)
        && readers.providers().values().stream().anyMatch(reader -> reader.accepts(file));
  }

  /** The reader of a file: the first that knows its name, or else the first of all. */
  PictureReader reader(Path file) {
    return readers.providers().values().stream()
        .filter(reader -> reader.accepts(file))
        .findFirst()
        .orElseGet(() -> readers.providers().values().iterator().next());
  }
}
