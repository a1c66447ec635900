package org.explain4j.experiments.pictures;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.ImageNet;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Utf8;

/**
 * The names of a network's outputs.
 *
 * @param names by index; empty if they are not known
 */
public record ClassNames(List<String> names) {
  private static final String IMAGE_NET = "imagenet";
  private static final int SHOWN = 5;

  public ClassNames {
    names = List.copyOf(names);
  }

  /**
   * Names from a file with one class per line; ImageNet's synset ids become their words.
   *
   * @param file or {@code imagenet}
   * @throws IOException if it cannot be read
   */
  public static ClassNames read(String file) throws IOException {
    if (file.equals(IMAGE_NET)) {
      return new ClassNames(ImageNet.names());
    }
    try {
      return new ClassNames(
          Utf8.decode(file, Files.readAllBytes(Path.of(file)))
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .map(ClassNames::name)
              .toList());
    } catch (FileSystemException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: The class names cannot be read: %s\nMaybe give a text file with one class per line, or 'imagenet'.",
              file,
              Reason.of(e)),
          e);
    }
  }

  /** A line such as {@code n01440764 tench, Tinca tinca}, or a bare id or name. */
  private static String name(String line) {
    String[] parts = line.split("[\\s,]+", 2);
    if (ImageNet.index(parts[0]).isEmpty()) {
      return line;
    }
    return parts.length > 1 ? parts[1] : ImageNet.nameOf(parts[0]);
  }

  /** The name of an output, or its number. */
  String of(int index) {
    return index < names.size() ? names.get(index) : "class " + index;
  }

  /**
   * The output that a user means.
   *
   * @param wanted its number, its name or one of its words, or a part that no other name has
   * @throws ConfigurationException if there is none or more than one; the message lists some
   */
  int index(String wanted, int outputs) {
    if (wanted.matches("\\d{1,9}")) {
      int index = Integer.parseInt(wanted);
      if (index >= outputs) {
        throw refused(
            String.format(
                Locale.ROOT,
                "there is no class %d: the network has %d outputs, 0 to %d",
                index,
                outputs,
                outputs - 1));
      }
      return index;
    }
    if (names.isEmpty()) {
      throw refused("the network's classes have no names\nMaybe give them with --classes FILE.");
    }
    List<Integer> found = matching(wanted.toLowerCase(Locale.ROOT));
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      List<String> words = names.stream().flatMap(name -> words(name).stream()).toList();
      throw refused(
          String.format(
              Locale.ROOT,
              "there is no class '%s'%s",
              wanted,
              Catalog.nearest(wanted, words)
                  .map(near -> "\nDid you mean '" + near + "'?")
                  .orElse("")));
    }
    throw refused(
        String.format(
            Locale.ROOT,
            "'%s' may be %s%s\nMaybe give the number.",
            wanted,
            String.join(
                ", or ",
                found.stream().limit(SHOWN).map(i -> i + " (" + names.get(i) + ")").toList()),
            found.size() > SHOWN ? ", ..." : ""));
  }

  private List<Integer> matching(String wanted) {
    List<List<Integer>> readings = new ArrayList<>();
    readings.add(where(i -> names.get(i).equalsIgnoreCase(wanted)));
    readings.add(where(i -> words(names.get(i)).stream().anyMatch(wanted::equalsIgnoreCase)));
    readings.add(where(i -> names.get(i).toLowerCase(Locale.ROOT).contains(wanted)));
    return readings.stream().filter(found -> !found.isEmpty()).findFirst().orElse(List.of());
  }

  private List<Integer> where(IntPredicate condition) {
    return IntStream.range(0, names.size()).filter(condition).boxed().toList();
  }

  private static List<String> words(String name) {
    return Stream.of(name.split(",\\s*")).toList();
  }

  private static ConfigurationException refused(String message) {
    return new ConfigurationException("--class", message);
  }
}
