package org.explain4j.experiments.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.api.KebabCase;

/**
 * The settings of a record, with what they mean, the values that they take, and their defaults: all
 * three are read from the record itself and its Javadoc.
 */
public final class SettingsTable {
  static final String OR = " | ";

  private final Extensions extensions;
  private final Meanings meanings;
  private final List<Setting> rows = new ArrayList<>();

  private SettingsTable(Extensions extensions, Meanings meanings) {
    this.extensions = extensions;
    this.meanings = meanings;
  }

  /**
   * @param record as its no-argument constructor makes it
   */
  public static List<Setting> of(Record record, Extensions extensions) {
    SettingsTable table = new SettingsTable(extensions, meanings());
    table.add(record.getClass(), record, "");
    return List.copyOf(table.rows);
  }

  /** What a record is, from its Javadoc, with {@code `backticks`} around code; may be empty. */
  public static String description(Record record) {
    return meanings().of(record.getClass());
  }

  /** Also those of plug-ins, whose jars the thread's class loader knows. */
  private static Meanings meanings() {
    return Meanings.of(Thread.currentThread().getContextClassLoader());
  }

  private void add(Class<?> type, Object record, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = path + KebabCase.of(component.getName());
      Object value = record == null ? null : RecordReflection.value(component, record);
      Type generic = component.getGenericType();
      Class<?> plain = optional(generic);
      boolean parts = plain.isRecord() && !Scalars.reads(plain) && !Scalars.names(plain);
      rows.add(
          new Setting(
              key,
              meaning(component, plain),
              parts ? "the keys below" : values(generic),
              parts && !(value instanceof Optional) ? "" : standard(value)));
      if (parts) {
        Object present = value instanceof Optional<?> given ? given.orElse(null) : value;
        add(plain, present == null ? RecordReflection.defaults(plain) : present, key + ".");
      }
    }
  }

  private String meaning(RecordComponent component, Class<?> type) {
    String own = meanings.of(component);
    String text = own.isEmpty() ? meanings.of(type) : own;
    if (!type.isEnum()) {
      return text;
    }
    String constants =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> (Enum<?>) constant)
            .filter(constant -> !meanings.of(constant).isEmpty())
            .map(constant -> "`" + KebabCase.of(constant) + "`: " + meanings.of(constant))
            .collect(Collectors.joining(" "));
    if (text.contains("`") || constants.isEmpty()) {
      return text;
    }
    return text.isEmpty() ? constants : text + ". " + constants;
  }

  private static String standard(Object value) {
    if (value == null || Optional.empty().equals(value)) {
      return "";
    }
    boolean word = value instanceof Record && Scalars.reads(value.getClass());
    return word ? value.toString() : value.equals("") ? "''" : Settings.inline(value);
  }

  private static Class<?> optional(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return optional(generic.getActualTypeArguments()[0]);
    }
    return type instanceof Class<?> plain ? plain : Object.class;
  }

  private String values(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String inside = values(arguments[arguments.length - 1]);
      if (generic.getRawType() == List.class) {
        return "list of: " + inside;
      }
      return generic.getRawType() == Map.class ? "names, each with: " + inside : inside;
    }
    return values((Class<?>) type);
  }

  private String values(Class<?> type) {
    if (type.isEnum()) {
      return String.join(OR, Scalars.words(type));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true" + OR + "false";
    }
    if (Extensions.isService(type)) {
      String noun = extensions.noun(type);
      return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
    }
    if (type.isRecord()) {
      List<String> words = listed(type);
      return words.isEmpty() ? meanings.of(type).replaceFirst("\\.$", "") : String.join(OR, words);
    }
    return plain(type);
  }

  private static String plain(Class<?> type) {
    if (type == Path.class) {
      return "a file or folder";
    }
    if (type == String.class) {
      return "text";
    }
    boolean whole = List.of(int.class, Integer.class, long.class, Long.class).contains(type);
    return whole ? "whole number" : "number";
  }

  /** The result of a record's static {@code choices()}. */
  private static List<String> listed(Class<?> record) {
    try {
      Object words = record.getMethod("choices").invoke(null);
      return ((List<?>) words).stream().map(Object::toString).toList();
    } catch (NoSuchMethodException e) {
      return List.of();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
