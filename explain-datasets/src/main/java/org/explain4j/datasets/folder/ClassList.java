package org.explain4j.datasets.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.explain4j.api.Catalog;
import org.explain4j.api.ImageNet;
import org.explain4j.network.files.Utf8;

/**
 * Classes by their keys (folder names, ImageNet's synset ids), in order.
 *
 * @param indices by key
 * @param names by index
 */
record ClassList(Map<String, Integer> indices, List<String> names) {
  /** What the setting {@code classes} calls ImageNet's classes. */
  static final String IMAGE_NET = "imagenet";

  /**
   * How a line may be divided into key and name, the most demanding first: not at all, at a tab, at
   * a comma, at the first blank.
   */
  private static final List<String> SEPARATORS = List.of("$", "\\s*\t\\s*", "\\s*,\\s*", "[\\s,]+");

  private static final String SYNSET = "n\\d{8}\\b.*";

  /** The keys in alphabetical order are the classes; ImageNet's synset ids get their names. */
  static ClassList sorted(Collection<String> keys) {
    List<String> sorted = List.copyOf(new TreeSet<>(keys));
    Map<String, Integer> indices = new LinkedHashMap<>();
    sorted.forEach(key -> indices.put(key, indices.size()));
    return new ClassList(indices, sorted.stream().map(ImageNet::nameOf).toList());
  }

  /** The 1,000 classes of ImageNet's challenge. */
  static ClassList imageNet() {
    return new ClassList(sorted(ImageNet.synsets()).indices(), ImageNet.names());
  }

  /**
   * One class per line: its key, then its name, if it has one. Keys with blanks are whole lines, in
   * quotes, or end at a tab or comma: the first of these readings in which all keys of the data
   * occur is used. This reads ImageNet's {@code LOC_synset_mapping.txt} and Caffe's {@code
   * synset_words.txt} as well as a bare list of folders.
   *
   * @param present the keys that occur in the data; none if the data have numbers
   * @throws IOException if there is no class, or one is given twice; the message names the line
   */
  static ClassList parse(String file, byte[] text, Collection<String> present) throws IOException {
    List<String> lines = Utf8.decode(file, text).lines().map(String::strip).toList();
    String separator = SEPARATORS.get(0);
    if (!present.isEmpty()) {
      long best = -1;
      for (String candidate : SEPARATORS) {
        List<String> keys = lines.stream().map(line -> split(line, candidate)[0]).toList();
        long found = present.stream().filter(keys::contains).count();
        if (found > best) {
          best = found;
          separator = candidate;
        }
      }
    } else if (lines.stream().allMatch(line -> line.isEmpty() || line.matches(SYNSET))) {
      separator = SEPARATORS.get(SEPARATORS.size() - 1);
    }
    return of(file, lines, separator);
  }

  private static ClassList of(String file, List<String> lines, String separator)
      throws IOException {
    Map<String, Integer> indices = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isEmpty()) {
        continue;
      }
      String[] parts = split(lines.get(i), separator);
      if (indices.putIfAbsent(parts[0], names.size()) != null) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s, line %d: the class '%s' is listed twice.\nMaybe write one class per line.",
                file,
                i + 1,
                parts[0]));
      }
      names.add(parts[1].isEmpty() ? ImageNet.nameOf(parts[0]) : parts[1]);
    }
    if (names.isEmpty()) {
      throw new IOException(
          String.format(Locale.ROOT, "%s has no classes.\nMaybe write one class per line.", file));
    }
    return new ClassList(indices, names);
  }

  /** Key and name; the name is empty if there is none. */
  private static String[] split(String line, String separator) {
    int end =
        line.length() > 1 && "\"'".indexOf(line.charAt(0)) >= 0
            ? line.indexOf(line.charAt(0), 1)
            : -1;
    if (end > 0) {
      String name = line.substring(end + 1).replaceFirst("^[\\s,]+", "");
      return new String[] {line.substring(1, end), unquoted(name)};
    }
    String[] parts = line.split(separator, 2);
    return new String[] {parts[0], parts.length > 1 ? unquoted(parts[1]) : ""};
  }

  private static String unquoted(String text) {
    return text.matches("(['\"]).*\\1") ? text.substring(1, text.length() - 1) : text;
  }

  /**
   * @throws IOException if there is no such class
   */
  int index(String key) throws IOException {
    Integer index = indices.get(key);
    if (index == null) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "'%s' is not one of the %d classes.%s",
              key,
              names.size(),
              Catalog.nearest(key, indices.keySet())
                  .map(nearest -> "\nDid you mean '" + nearest + "'?")
                  .orElse("")));
    }
    return index;
  }
}
