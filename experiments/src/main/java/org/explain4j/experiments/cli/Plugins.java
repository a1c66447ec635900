package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.network.files.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option {@code --plugins}: jars whose services join the catalogs. */
final class Plugins {
  private static final String USUAL = "plugins";
  private static final String SERVICES = "META-INF/services/org.explain4j.api.";
  private static final int LARGEST_CLASS = 1 << 20;
  private static final String UNDECLARED =
      "{} declares no extension, so that {} and others in it are not found.\nMaybe name them in"
          + " META-INF/services, in a file with the name of the service, such as"
          + " org.explain4j.api.Explainer.";

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      defaultValue = USUAL,
      description = "Folder with plug-in jars (default: ${DEFAULT-VALUE}, which need not exist).")
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
      log().warn("{}{}", unusable, unusable.contains("\nMaybe ") ? "" : advice);
    }
    return extensions;
  }

  /** The class path would leave out such a jar without a word. */
  private static boolean isUsable(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.size() > 0) {
        undeclared(file).ifPresent(type -> log().warn(UNDECLARED, jar, type));
        return true;
      }
      log().warn("{} is empty.\nMaybe build it again, or remove it.", jar);
    } catch (IOException | RuntimeException e) {
      log()
          .warn(
              "{} is not a readable jar: {}\nMaybe build it again, or remove it.",
              jar,
              Reason.of(e));
    }
    return false;
  }

  /**
   * A class that knows the services, in a jar that declares none of its own: what it offers cannot
   * be found. Libraries that plug-ins need have no such class.
   */
  private static Optional<String> undeclared(JarFile jar) throws IOException {
    if (jar.stream().anyMatch(entry -> entry.getName().startsWith(SERVICES))) {
      return Optional.empty();
    }
    for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
      try (InputStream in = jar.getInputStream(entry)) {
        byte[] code = in.readNBytes(LARGEST_CLASS);
        if (new String(code, StandardCharsets.ISO_8859_1).contains("org/explain4j/api/")) {
          return Optional.of(entry.getName().replaceFirst("\\.class$", "").replace('/', '.'));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The jars, in the order of their names; none if there is no folder of the usual name.
   *
   * @throws ConfigurationException if there is no folder of another name
   */
  List<Path> jars() throws IOException {
    if (!Files.isDirectory(folder) && !folder.equals(Path.of(USUAL))) {
      throw new ConfigurationException(
          "--plugins", "there is no folder '" + folder + "'\nMaybe correct the path.");
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Made only where something is wrong: to begin a log takes a third of the time to start. */
  private static Logger log() {
    return LoggerFactory.getLogger(Plugins.class);
  }
}
