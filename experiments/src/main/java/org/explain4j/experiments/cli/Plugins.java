package org.explain4j.experiments.cli;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.network.files.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option {@code --plugins}: jars whose services join the catalogs. */
final class Plugins {
  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      defaultValue = "plugins",
      description = "Folder with plug-in jars (default: ${DEFAULT-VALUE}; it need not exist).")
  private Path folder;

  /**
   * Every catalog, with what the jars add; they stay loaded because methods look up services, too.
   *
   * @throws IOException if the folder cannot be read
   */
  Extensions load() throws IOException {
    Thread thread = Thread.currentThread();
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars()) {
      if (isUsable(jar)) {
        urls.add(jar.toUri().toURL());
      }
    }
    if (!urls.isEmpty()) {
      thread.setContextClassLoader(
          new URLClassLoader(urls.toArray(URL[]::new), thread.getContextClassLoader()));
    }
    Extensions extensions = Extensions.of(thread.getContextClassLoader());
    for (String unusable : extensions.unusable()) {
      String advice = "\nMaybe its jar was built for another version; rebuild or remove it.";
      LOG.warn("{}{}", unusable, unusable.contains("\nMaybe ") ? "" : advice);
    }
    return extensions;
  }

  /** The class path would leave out such a jar without a word. */
  private static boolean isUsable(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.size() > 0) {
        return true;
      }
      LOG.warn("{} is empty.\nMaybe build it again, or remove it.", jar);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{} is not a readable jar: {}\nMaybe build it again, or remove it.", jar, Reason.of(e));
    }
    return false;
  }

  /** The jars, in the order of their names; none if there is no such folder. */
  List<Path> jars() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
