package org.explain4j.experiments.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;

/** The choices of a record's settings, for those that take one of several words. */
public final class Choices {
  private static final String OR = " | ";

  private Choices() {}

  /**
   * Choices by setting, as in an experiment file; settings of nested records are written {@code
   * explain.target-class}. Numbers, words and files of one's own are not among them.
   */
  public static Map<String, String> of(Class<?> record) {
    Map<String, String> choices = new LinkedHashMap<>();
    add(record, "", choices);
    return choices;
  }

  /** The settings of an extension that have no value by default. */
  public static List<String> unset(Extension extension) {
    return Arrays.stream(extension.getClass().getRecordComponents())
        .filter(component -> Optional.empty().equals(RecordReflection.value(component, extension)))
        .map(component -> KebabCase.of(component.getName()))
        .toList();
  }

  private static void add(Class<?> record, String path, Map<String, String> choices) {
    for (RecordComponent component : record.getRecordComponents()) {
      String setting = path + KebabCase.of(component.getName());
      Class<?> type = raw(component.getGenericType());
      if (type.isEnum()) {
        choices.put(setting, String.join(OR, Scalars.words(type)));
      } else if (type == boolean.class) {
        choices.put(setting, "true" + OR + "false");
      } else if (type.isRecord() && !listed(type).isEmpty()) {
        choices.put(setting, String.join(OR, listed(type)));
      } else if (type.isRecord()
          && !Scalars.reads(type)
          && !Extension.class.isAssignableFrom(type)) {
        add(type, setting + ".", choices);
      }
    }
  }

  /** The type of an optional's value or of a list's elements. */
  private static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class ? Map.class : raw(arguments[arguments.length - 1]);
    }
    return type instanceof Class<?> plain ? plain : Object.class;
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
