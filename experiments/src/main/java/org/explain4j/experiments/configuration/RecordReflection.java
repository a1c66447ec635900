package org.explain4j.experiments.configuration;

import java.lang.reflect.Constructor;
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

  /** The constructor that takes every component. */
  static Constructor<?> canonical(Class<?> type) {
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

  /** The record with its defaults in place of what failed; null if it cannot be made. */
  static Object repaired(Class<?> type, Object[] values, Object failed, Object defaults) {
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < values.length; i++) {
      if ((values[i] == failed || values[i] == null) && defaults != null) {
        values[i] = value(components[i], defaults);
      }
    }
    try {
      return canonical(type).newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
