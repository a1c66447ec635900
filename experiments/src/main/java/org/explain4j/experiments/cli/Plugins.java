package org.explain4j.experiments.cli;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.experiments.configuration.Extensions;
import picocli.CommandLine.Option;

/** The option {@code --plugins}: jars whose services join the catalogs. */
final class Plugins {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      defaultValue = "plugins",
      description = "Folder of plug-in jars (default: ${DEFAULT-VALUE}; need not exist).")
  private Path folder;

  /**
   * Every catalog, with what the jars add; they stay loaded, for methods look services up too.
   *
   * @throws IOException if the folder cannot be read
   */
  Extensions load() throws IOException {
    Thread thread = Thread.currentThread();
    if (Files.isDirectory(folder)) {
      thread.setContextClassLoader(
          new URLClassLoader(jars().toArray(URL[]::new), thread.getContextClassLoader()));
    }
    return Extensions.of(thread.getContextClassLoader());
  }

  private List<URL> jars() throws IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().filter(f -> f.toString().endsWith(".jar")).toList()) {
        jars.add(file.toUri().toURL());
      }
    }
    return jars;
  }
}
