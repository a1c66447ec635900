package org.explain4j.api;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Changes settings of an extension by name, so no record needs a method for each of them. */
final class ChangedSettings {

  /** Types for which an {@code int} may be given (Java Language Specification, 5.1.2). */
  private static final Set<Class<?>> WIDER = Set.of(long.class, double.class);

  private ChangedSettings() {}

  /** See {@link Extension#with}. */
  static <E extends Record & Extension> E of(E extension, Map<String, ?> settings) {
    RecordComponent[] components = extension.getClass().getRecordComponents();
    List<String> names =
        Arrays.stream(components).map(component -> KebabCase.of(component.getName())).toList();
    Set<String> unknown = new HashSet<>(settings.keySet());
    names.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has no setting %s.\nIts settings: %s.",
              extension.id(),
              unknown.stream().sorted().collect(Collectors.joining(", ")),
              String.join(", ", names)));
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object changed = settings.get(names.get(i));
      if (changed != null && !fits(components[i].getType(), changed)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The %s of %s (%s) must be of type %s.",
                names.get(i),
                extension.id(),
                changed,
                components[i].getType().getSimpleName()));
      }
      values[i] = changed == null ? value(components[i], extension) : changed;
    }
    return made(extension, components, values);
  }

  private static boolean fits(Class<?> type, Object value) {
    return MethodType.methodType(type).wrap().returnType().isInstance(value)
        || (value instanceof Integer && WIDER.contains(type));
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true); // of a record that is not public
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked") // the class of the argument
  private static <E extends Record> E made(E like, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = like.getClass().getDeclaredConstructor(types);
      canonical.setAccessible(true); // of a record that is not public
      return (E) canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
