package org.explain4j.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.explain4j.network.files.Reason;

/**
 * A line of {@code META-INF/services}: a class that should provide a service. {@link
 * java.util.ServiceLoader} reads the same files, but does not say which jar a class that fails is
 * from.
 *
 * @param place the jar, or the folder of classes
 * @param className as it is written there
 */
record Declaration(String place, String className) {
  /** Lines of a file that is not one of declarations are not all worth a message. */
  private static final int MOST = 1000;

  /**
   * All declarations of a service, each class once, in the order of the class path.
   *
   * @param unusable gets a sentence for each file that cannot be read
   * @throws UncheckedIOException if it cannot be said which files there are
   */
  static List<Declaration> of(Class<?> service, ClassLoader loader, List<String> unusable) {
    List<Declaration> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String name = "META-INF/services/" + service.getName();
    try {
      for (URL file : Collections.list(loader.getResources(name))) {
        String place = place(file.toString(), name);
        for (String className : classNames(file, place, name, unusable)) {
          if (names.add(className)) {
            found.add(new Declaration(place, className));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** {@code my-methods.jar} of {@code jar:file:/plugins/my-methods.jar!/META-INF/...}. */
  private static String place(String file, String name) {
    String folder = file.substring(0, file.length() - name.length()).replaceFirst("!?/$", "");
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  private static List<String> classNames(
      URL file, String place, String name, List<String> unusable) {
    try {
      URLConnection connection = file.openConnection();
      connection.setUseCaches(false); // a jar stays open otherwise, and an old one is read again
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
        return reader
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .limit(MOST)
            .toList();
      }
    } catch (IOException | UncheckedIOException e) {
      unusable.add(
          String.format(Locale.ROOT, "%s: %s cannot be read: %s", place, name, Reason.of(e)));
      return List.of();
    }
  }

  /**
   * Makes the provider, with its default settings.
   *
   * @throws Throwable whatever the class throws while it is loaded and made, or an {@link
   *     IllegalStateException} that says what is wrong with it
   */
  <T> T provider(Class<T> service, ClassLoader loader) throws Throwable {
    try {
      Object made = Class.forName(className, true, loader).getConstructor().newInstance();
      if (!service.isInstance(made)) {
        throw new IllegalStateException("it is no " + service.getSimpleName());
      }
      return service.cast(made);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("it has no public constructor without arguments", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("it is not public", e);
    } catch (InstantiationException e) {
      throw new IllegalStateException("it is abstract", e);
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw e.getCause();
    }
  }

  /** Why it was left out, as a sentence for people. */
  String leftOut(Throwable why) {
    String reason =
        why instanceof IllegalStateException && why.getMessage() != null
            ? why.getMessage()
            : why.getClass().getSimpleName()
                + (why.getMessage() == null ? "" : ": " + why.getMessage());
    return String.format(Locale.ROOT, "%s: %s was left out: %s", place, className, reason);
  }
}
