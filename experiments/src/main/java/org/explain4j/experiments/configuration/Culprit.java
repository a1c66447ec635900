package org.explain4j.experiments.configuration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.explain4j.api.KebabCase;

/** The key that a record's error message is about: its line is more precise than the record's. */
final class Culprit {
  private Culprit() {}

  /**
   * The given key that the message names first. A name inside that of another key ("inputs" in
   * "test inputs") does not count.
   *
   * @param type the record, whose components are all keys that there could be
   */
  static Optional<String> of(String message, Set<String> given, Class<?> type) {
    String text = message.toLowerCase(Locale.ROOT).replace('-', ' ');
    Map<Integer, String> named = new TreeMap<>();
    for (String key :
        Arrays.stream(type.getRecordComponents())
            .map(component -> KebabCase.of(component.getName()))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      Matcher words = Pattern.compile("\\b" + key.replace('-', ' ') + "\\b").matcher(text);
      if (words.find()) {
        named.put(words.start(), key);
        text = words.replaceAll(found -> "\0".repeat(found.group().length()));
      }
    }
    return named.values().stream().filter(given::contains).findFirst();
  }
}
