package org.explain4j.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.explain4j.api.Extension;

/** The components of an extension's record, which are its settings in experiment files. */
final class RecordSettings {
  private static final Set<Class<?>> WORDS_AND_NUMBERS =
      Set.of(
          int.class,
          Integer.class,
          long.class,
          Long.class,
          float.class,
          Float.class,
          double.class,
          Double.class,
          boolean.class,
          Boolean.class,
          String.class,
          Path.class);
  private static final Set<Type> GENERIC = Set.of(List.class, Optional.class, Map.class);

  private RecordSettings() {}

  static boolean has(Extension extension, String setting) {
    RecordComponent[] components = extension.getClass().getRecordComponents();
    return components != null
        && Arrays.stream(components).anyMatch(component -> component.getName().equals(setting));
  }

  /** Whether an experiment file can give a value of the type. */
  static boolean isWritable(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return GENERIC.contains(generic.getRawType())
          && (arguments.length == 1 || arguments[0] == String.class)
          && isWritable(arguments[arguments.length - 1]);
    }
    if (!(type instanceof Class<?> raw)) {
      return false;
    }
    if (WORDS_AND_NUMBERS.contains(raw) || raw.isEnum() || hasParser(raw)) {
      return true;
    }
    if (raw.isInterface()) {
      return Extension.class.isAssignableFrom(raw);
    }
    return raw.isRecord()
        && Arrays.stream(raw.getRecordComponents())
            .allMatch(component -> isWritable(component.getGenericType()));
  }

  private static boolean hasParser(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            m ->
                m.getName().equals("parse")
                    && m.getReturnType() == type
                    && Arrays.equals(m.getParameterTypes(), new Class<?>[] {String.class}));
  }

  /** The value of a setting. */
  static Object value(Extension extension, RecordComponent component)
      throws ReflectiveOperationException {
    component.getAccessor().setAccessible(true);
    return component.getAccessor().invoke(extension);
  }

  /**
   * The same extension with another seed.
   *
   * @throws IllegalArgumentException if its constructor does
   */
  static <T extends Extension> T withSeed(T extension, long seed)
      throws ReflectiveOperationException {
    RecordComponent[] components = extension.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(extension, components[i]);
      if (components[i].getName().equals("seed")) {
        values[i] = types[i] == int.class ? (Object) (int) seed : (Object) seed;
      }
    }
    @SuppressWarnings("unchecked") // the class of a T
    Class<T> type = (Class<T>) extension.getClass();
    Constructor<T> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
