package org.explain4j.reports.runs;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.KebabCase;

/**
 * A record's components as columns of text, both ways. Numbers that may be missing are {@code
 * double} (NaN) or {@link OptionalLong}, text and enum constants that may be missing are {@link
 * Optional}; other text, {@code long}, {@code boolean} and enum constants are always there.
 */
final class RecordColumns<R extends Record> {
  private final Class<R> type;
  private final List<Column> columns;

  RecordColumns(Class<R> type) {
    this.type = type;
    List<Column> found = new ArrayList<>();
    collect(type, found);
    this.columns = List.copyOf(found);
  }

  /**
   * A column's name, and the Java type of its values.
   *
   * @param formerly its name in older files, if that was different
   * @param optional whether the value is an {@link Optional} of the type
   */
  record Column(String name, Optional<String> formerly, Class<?> type, boolean optional) {

    /** Its position in a file's header; -1 if it is missing. */
    int place(List<String> header) {
      int place = header.indexOf(name);
      return place < 0 ? formerly.map(header::indexOf).orElse(-1) : place;
    }

    /** Whether files without this column can be read: those older than the column. */
    boolean mayBeMissing() {
      return optional || type == double.class || type == OptionalLong.class;
    }

    boolean isNumber() {
      return type == double.class || type == OptionalLong.class || type == long.class;
    }

    Object value(String field) {
      if (optional) {
        return field.isEmpty() ? Optional.empty() : Optional.of(present(field));
      }
      return present(field);
    }

    private Object present(String field) {
      if (type == String.class) {
        return Formulas.plain(field);
      }
      String text = field.strip();
      if (mayBeMissing() && text.isEmpty()) {
        return type == double.class ? (Object) Double.NaN : OptionalLong.empty();
      }
      if (type == boolean.class) {
        return bool(text);
      }
      return type.isEnum() ? constant(text) : number(text);
    }

    private Object number(String text) {
      try {
        if (type == double.class) {
          return Double.valueOf(text);
        }
        long whole = Long.parseLong(text);
        return type == long.class ? (Object) whole : OptionalLong.of(whole);
      } catch (NumberFormatException e) {
        String kind = type == double.class ? "number" : "whole number";
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "'%s' in column %s is not a %s.", text, name, kind), e);
      }
    }

    private Object bool(String text) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "'%s' in column %s is neither true nor false.", text, name));
      }
      return Boolean.valueOf(text);
    }

    private Object constant(String text) {
      List<String> known = new ArrayList<>();
      for (Object constant : type.getEnumConstants()) {
        if (field(constant).equals(text)) {
          return constant;
        }
        known.add(field(constant));
      }
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "unknown %s '%s'.\nKnown: %s.", name, text, String.join(", ", known)));
    }
  }

  List<Column> columns() {
    return columns;
  }

  private static void collect(Class<?> type, List<Column> found) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        collect(component.getType(), found);
      } else {
        boolean optional = component.getGenericType() instanceof ParameterizedType;
        Class<?> value =
            optional
                ? (Class<?>)
                    ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        Optional<String> formerly =
            Optional.ofNullable(component.getAnnotation(Formerly.class)).map(Formerly::value);
        found.add(new Column(snake(component.getName()), formerly, value, optional));
      }
    }
  }

  /** {@code dOverN} to {@code d_over_n}. */
  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The values of a row, in the order of the columns. */
  List<Object> values(Record row) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Object value = value(component, row);
      if (value instanceof Record inner) {
        values.addAll(values(inner));
      } else {
        values.add(value);
      }
    }
    return values;
  }

  List<String> fields(R row) {
    return values(row).stream().map(RecordColumns::field).toList();
  }

  private static String field(Object value) {
    if (value instanceof Double number && number.isNaN()) {
      return "";
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(RecordColumns::field).orElse("");
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }
    if (value instanceof String text) {
      return Formulas.guarded(text);
    }
    return value instanceof Enum<?> constant ? KebabCase.of(constant) : value.toString();
  }

  R record(List<String> fields) {
    if (fields.size() != columns.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d fields for the %d columns of %s.",
              fields.size(),
              columns.size(),
              type.getSimpleName()));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      values.add(columns.get(i).value(fields.get(i)));
    }
    return type.cast(made(type, values.iterator()));
  }

  private static Object made(Class<?> type, Iterator<Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Class<?> part = components[i].getType();
      arguments[i] = part.isRecord() ? made(part, values) : values.next();
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(RecordComponent component, Record row) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
