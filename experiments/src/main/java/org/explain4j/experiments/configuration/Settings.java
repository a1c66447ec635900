package org.explain4j.experiments.configuration;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Turns records back into the text of an experiment file, with every default filled in. */
public final class Settings {
  private Settings() {}

  /** YAML that reads back as the same value. */
  public static String yaml(Object value) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(160).build();
    return new Dump(settings).dumpToString(tree(value));
  }

  /**
   * What {@link #yaml} writes of an experiment, before it is text, as if it had been read again.
   */
  public static Map<?, ?> tree(Experiment experiment) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml(experiment));
  }

  /** The settings of an extension on one line, without its id: {@code fit-on: pre, seed: 1}. */
  public static String line(Extension extension) {
    String text = inline(components(extension));
    return text.substring(1, text.length() - 1);
  }

  /** A value as it is written within a line: {@code {two-component: {fit-on: pre}}}. */
  static String inline(Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.FLOW)
            .setWidth(100_000)
            .setSplitLines(false)
            .build();
    return new Dump(settings).dumpToString(tree(value)).strip();
  }

  /**
   * The settings of an extension that differ from its defaults, within a line: {@code {seed: 2}}.
   */
  public static String changes(Extension extension) {
    Map<String, Object> values = components(extension);
    Object defaults = RecordReflection.defaults(extension.getClass());
    values.entrySet().removeAll(components(defaults).entrySet());
    return inline(values);
  }

  /** Whether a value has a part of some type, however deep in its settings. */
  public static boolean has(Object value, Class<?> type) {
    return part(value, type).isPresent();
  }

  /** The first part of some type, however deep in its settings. */
  public static <T> Optional<T> part(Object value, Class<T> type) {
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(present -> part(present, type));
    }
    if (value instanceof List<?> list) {
      return list.stream().flatMap(item -> part(item, type).stream()).findFirst();
    }
    return value instanceof Record
        ? Arrays.stream(value.getClass().getRecordComponents())
            .flatMap(component -> part(RecordReflection.value(component, value), type).stream())
            .findFirst()
        : Optional.empty();
  }

  private static Object tree(Object value) {
    if (value instanceof Configured<?> configured) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put(configured.extension().id(), components(configured.extension()));
      item.put(Binder.LABEL, configured.label());
      configured.images().ifPresent(images -> item.put(Binder.IMAGES, images));
      return item;
    }
    if (value instanceof Extension extension) {
      return Map.of(extension.id(), components(extension));
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Settings::tree).orElse(null);
    }
    if (value instanceof List<?> list) {
      // A list of its own each time: YAML would write a reference to the shared empty list.
      return list.stream().map(Settings::tree).collect(Collectors.toCollection(ArrayList::new));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, item) -> values.put(key.toString(), tree(item)));
      return values;
    }
    if (value instanceof Enum<?> constant) {
      return KebabCase.of(constant);
    }
    if (value instanceof Path || (value instanceof Record && Scalars.reads(value.getClass()))) {
      return value.toString();
    }
    return value instanceof Record ? components(value) : value;
  }

  private static Map<String, Object> components(Object record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = tree(RecordReflection.value(component, record));
      if (value != null) {
        values.put(KebabCase.of(component.getName()), value);
      }
    }
    return values;
  }
}
