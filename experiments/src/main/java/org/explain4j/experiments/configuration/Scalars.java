package org.explain4j.experiments.configuration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.explain4j.api.Catalog;
import org.explain4j.api.KebabCase;
import org.explain4j.network.files.Reason;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Single values: words, numbers, switches, enums, files, and types with a static {@code
 * parse(String)} or {@code named(String)}.
 *
 * @param base the folder that relative paths start from
 */
record Scalars(Path base) {
  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** Whether a record is written as a single value. */
  static boolean reads(Class<?> type) {
    return parser(type, "parse") != null;
  }

  /** Whether a record may be written as a name. */
  static boolean names(Class<?> type) {
    return parser(type, "named") != null;
  }

  /** What a value of a type looks like, for messages. */
  static String expected(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == float.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return String.join(" or ", words(type));
    }
    return type == Path.class ? "a file or folder" : "a word";
  }

  /**
   * @throws IllegalArgumentException if the text is not such a value
   */
  Object read(Class<?> type, ScalarNode node) {
    String text = node.getValue();
    if (node.getTag().equals(Tag.NULL)) {
      throw new IllegalArgumentException("expected " + expected(type) + ", found nothing");
    }
    if (type == String.class) {
      return text;
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    if (reads(type)) {
      return parsed(parser(type, "parse"), text);
    }
    if (names(type)) {
      return parsed(parser(type, "named"), text);
    }
    return number(type, node);
  }

  /**
   * By the text alone, quoted or not: YAML 1.2 takes {@code +1}, {@code .5} and {@code True} for
   * words, which is not what was meant.
   */
  private static Object number(Class<?> type, ScalarNode node) {
    String text = node.getValue();
    try {
      if (WHOLE.matcher(text).matches() && (type == int.class || type == Integer.class)) {
        return Integer.parseInt(text);
      }
      if (WHOLE.matcher(text).matches() && (type == long.class || type == Long.class)) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is too large", e);
    }
    if (NUMBER.matcher(text).matches() && (type == double.class || type == Double.class)) {
      return Double.parseDouble(text);
    }
    if (NUMBER.matcher(text).matches() && (type == float.class || type == Float.class)) {
      return Float.parseFloat(text);
    }
    if ((type == boolean.class || type == Boolean.class)
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException("expected " + expected(type) + ", found '" + text + "'");
  }

  /**
   * A path that exists beside the experiment file is returned in full, any other as it is written:
   * the code that opens it knows where else to look, and reports it if it is missing.
   */
  private Path path(String text) {
    try {
      Path near = base.resolve(text).toAbsolutePath().normalize();
      return Files.exists(near) ? near : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(Reason.of(e), e);
    }
  }

  private static Object constant(Class<?> type, String text) {
    List<String> words = words(type);
    int index = words.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          "expected %s, found '%s'%s"
              .formatted(expected(type), text, Catalog.didYouMean(text, words)));
    }
    return type.getEnumConstants()[index];
  }

  /** The words of an enum. */
  static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> KebabCase.of((Enum<?>) constant))
        .toList();
  }

  private static Method parser(Class<?> type, String name) {
    try {
      Method method = type.getDeclaredMethod(name, String.class);
      boolean fits = Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type;
      return fits ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static Object parsed(Method parser, String text) {
    try {
      parser.setAccessible(true);
      return parser.invoke(null, text);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
