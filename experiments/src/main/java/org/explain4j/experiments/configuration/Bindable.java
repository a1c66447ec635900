package org.explain4j.experiments.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;

/** Which records {@link Binder} can bind, and {@link Settings} can write. */
final class Bindable {
  private static final Set<Type> GENERIC =
      Set.of(Optional.class, Configured.class, List.class, Map.class);

  private static final Set<Type> SCALARS =
      Set.of(
          String.class,
          Path.class,
          int.class,
          Integer.class,
          long.class,
          Long.class,
          double.class,
          Double.class,
          float.class,
          Float.class,
          boolean.class,
          Boolean.class);

  private Bindable() {}

  /**
   * Requires that an extension's settings can be read and written.
   *
   * @throws IllegalStateException if not; the message names the setting
   */
  static void require(Extension extension) {
    if (!extension.getClass().isRecord()) {
      throw new IllegalStateException("it is not a record, whose components are its settings");
    }
    for (RecordComponent component : extension.getClass().getRecordComponents()) {
      String setting = KebabCase.of(component.getName());
      if (!reads(component.getGenericType())) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "its setting '%s' has a type (%s) that cannot be written in a file",
                setting,
                component.getGenericType().getTypeName()));
      }
      if (RecordReflection.value(component, extension) == null) {
        throw new IllegalStateException("the default of its setting '" + setting + "' is null");
      }
    }
  }

  private static boolean reads(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return GENERIC.contains(generic.getRawType()) && reads(arguments[arguments.length - 1]);
    }
    return type instanceof Class<?> raw
        && (SCALARS.contains(raw) || raw.isEnum() || Extensions.isService(raw) || isRecord(raw));
  }

  private static boolean isRecord(Class<?> type) {
    return Scalars.reads(type)
        || Scalars.names(type)
        || (type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .allMatch(component -> reads(component.getGenericType())));
  }
}
