package org.explain4j.processor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a documentation comment says, as plain text.
 *
 * @param description without the tags at its end
 * @param parameters by name
 */
record Javadoc(String description, Map<String, String> parameters) {
  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^ *@(?=[a-z])");
  private static final Pattern PARAMETER = Pattern.compile("(?s)param\\s+([\\w<>]+)\\s+(.*)");
  private static final Pattern HTML = Pattern.compile("</?[a-zA-Z][^<>]*>");
  private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s+((?:[^{}]|\\{[^{}]*})*)}");

  /** A link's target and what is shown in its place, if that is given. */
  private static final Pattern LINK =
      Pattern.compile("(?s)(?:[\\w.]*[.#])?(\\w+)(?:\\([^)]*\\))?(?:\\s+(.*))?");

  private static final List<Map.Entry<String, String>> ENTITIES =
      List.of(
          Map.entry("&lt;", "<"),
          Map.entry("&gt;", ">"),
          Map.entry("&quot;", "\""),
          Map.entry("&nbsp;", " "),
          Map.entry("&amp;", "&"));

  /**
   * @param comment as the compiler gives it; null where there is none
   */
  static Javadoc of(String comment) {
    String[] parts = BLOCK_TAG.split(comment == null ? "" : comment, -1);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      Matcher parameter = PARAMETER.matcher(parts[i]);
      if (parameter.matches()) {
        parameters.put(parameter.group(1), plain(parameter.group(2)));
      }
    }
    return new Javadoc(plain(parts[0]), parameters);
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    Matcher inline = INLINE.matcher(text);
    int from = 0;
    while (inline.find()) {
      plain.append(prose(text.substring(from, inline.start())));
      plain.append(inline(inline.group(1), inline.group(2)));
      from = inline.end();
    }
    plain.append(prose(text.substring(from)));
    return plain.toString().replaceAll("\\s+", " ").strip();
  }

  private static String prose(String text) {
    String plain = HTML.matcher(text).replaceAll("");
    for (Map.Entry<String, String> entity : ENTITIES) {
      plain = plain.replace(entity.getKey(), entity.getValue());
    }
    return plain;
  }

  private static String inline(String tag, String content) {
    return switch (tag) {
      case "code", "value" -> "`" + content.strip() + "`";
      case "link", "linkplain" -> {
        Matcher link = LINK.matcher(content.strip());
        boolean shown = link.matches() && link.group(2) != null;
        yield shown ? link.group(2) : link.matches() ? link.group(1) : content;
      }
      default -> content;
    };
  }
}
