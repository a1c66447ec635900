package org.explain4j.experiments.configuration;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** What reflection knows about a record. */
final class RecordReflection {
  private RecordReflection() {}

  /** A record as its no-argument constructor makes it, or null if it has none. */
  static Object defaults(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " has no usable defaults", e);
    }
  }

  /**
   * A record of all its components.
   *
   * @throws IllegalArgumentException if its constructor takes exception, with what that says
   */
  static Object construct(Class<?> type, Object[] values) {
    try {
      return canonical(type).newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      boolean says = cause instanceof IllegalArgumentException && cause.getMessage() != null;
      throw new IllegalArgumentException(says ? cause.getMessage() : cause.toString(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Constructor<?> canonical(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object value(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
