package org.explain4j.experiments.configuration;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Catalog;
import org.explain4j.api.Extension;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Metric;
import org.explain4j.network.files.Reason;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Binds YAML to records. A record's components are its keys (kebab-case), its no-argument
 * constructor gives what the file leaves out, and its constructor's {@link
 * IllegalArgumentException} becomes a problem at the line. A component whose type is a service
 * takes an id, or {@code id: {settings}}; a record with a static {@code named(String)} takes a name
 * as well. Continues after a problem, to find all of them.
 */
final class Binder {
  /** Stands for a value that could not be bound; its problem is reported. */
  static final Object FAILED = new Object();

  private static final int DEEPEST = 40;
  static final String LABEL = "label";
  static final String IMAGES = "images";

  private final Extensions extensions;
  private final Scalars scalars;
  private final Problems problems = new Problems();
  private final Path base;
  private final Map<String, Extension> bound = new LinkedHashMap<>();
  private Object partial;

  /**
   * @param base the folder that relative paths start from
   */
  Binder(Extensions extensions, Path base) {
    this.extensions = extensions;
    this.base = base;
    this.scalars = new Scalars(base);
  }

  Problems problems() {
    return problems;
  }

  /** Reports the files that the settings of a bound extension name and that are not there. */
  void checkFiles() {
    bound.forEach(
        (path, extension) -> {
          try {
            extension
                .missingFiles(base)
                .forEach((setting, said) -> problems.report(Problems.join(path, setting), said));
          } catch (InvalidPathException e) {
            problems.report(path, Reason.of(e));
          }
        });
  }

  /**
   * @param inherited the values of keys that the file leaves out; null for the type's own defaults
   */
  Object bind(Type type, Node node, String path, Object inherited) {
    problems.at(path, node);
    if (path.chars().filter(c -> c == '.' || c == '[').count() > DEEPEST) {
      problems.report(path, "is nested too deeply");
      return FAILED;
    }
    if (type instanceof ParameterizedType generic) {
      return generic(generic, node, path, inherited);
    }
    Class<?> raw = (Class<?>) type;
    if (extensions.has(raw)) {
      return extension(raw, node, path);
    }
    boolean byName = node instanceof ScalarNode && !YamlTree.isNull(node) && Scalars.names(raw);
    if (raw.isRecord() && !Scalars.reads(raw) && !byName) {
      return record(raw, inherited, node, path);
    }
    return scalar(raw, node, path);
  }

  private Object generic(ParameterizedType type, Node node, String path, Object inherited) {
    Type argument = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw == Optional.class) {
      Object inside = inherited instanceof Optional<?> optional ? optional.orElse(null) : null;
      Object value = bind(argument, node, path, inside);
      return value == FAILED ? FAILED : Optional.of(value);
    }
    if (raw == Configured.class) {
      return configured((Class<?>) argument, node, path);
    }
    if (raw == List.class) {
      return list(argument, node, path);
    }
    if (raw == Map.class) {
      return map(argument, node, path);
    }
    throw new IllegalStateException("No binding for " + type);
  }

  private Object list(Type element, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.report(path, "expected a list" + YamlTree.found(node));
      return FAILED;
    }
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(bind(element, item, path + "[" + items.size() + "]", null));
    }
    return items.contains(FAILED) ? FAILED : List.copyOf(items);
  }

  private Object map(Type element, Node node, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : problems.entries(node, path).entrySet()) {
      values.put(
          entry.getKey(),
          bind(element, entry.getValue(), Problems.join(path, entry.getKey()), null));
    }
    return values.containsValue(FAILED) ? FAILED : values;
  }

  private Object configured(Class<?> service, Node node, String path) {
    Map<String, Node> given =
        node instanceof MappingNode ? problems.entries(node, path) : new LinkedHashMap<>();
    Map<String, Node> entries = new LinkedHashMap<>(given);
    Object name = beside(String.class, LABEL, entries, path);
    Object images = service == Metric.class ? beside(Integer.class, IMAGES, entries, path) : null;
    Object extension =
        given.isEmpty() ? extension(service, node, path) : extension(service, entries, node, path);
    if (extension == FAILED || name == FAILED || images == FAILED) {
      return FAILED;
    }
    Object label = name == null ? ((Extension) extension).id() : name;
    Object[] values = {label, extension, Optional.ofNullable(images)};
    return construct(Configured.class, values, given, path);
  }

  /** The value of a key beside an extension's id; null if it is not given. */
  private Object beside(Class<?> type, String key, Map<String, Node> entries, String path) {
    Node given = entries.remove(key);
    return given == null ? null : bind(type, given, Problems.join(path, key), null);
  }

  private Object extension(Class<?> service, Node node, String path) {
    if (node instanceof ScalarNode id && !YamlTree.isNull(node)) {
      return provider(service, id.getValue(), path).map(p -> noted(p, path)).orElse(FAILED);
    }
    return extension(service, problems.entries(node, path), node, path);
  }

  private Object extension(Class<?> service, Map<String, Node> entries, Node node, String path) {
    if (entries.size() != 1) {
      problems.report(
          path,
          "expected one %s: an id, or 'id: {settings}'%s\nKnown: %s"
              .formatted(
                  extensions.noun(service),
                  entries.isEmpty()
                      ? YamlTree.found(node)
                      : ", not " + String.join(" and ", entries.keySet()),
                  String.join(", ", extensions.catalog(service).ids())));
      return FAILED;
    }
    Map.Entry<String, Node> only = entries.entrySet().iterator().next();
    String below = Problems.join(path, only.getKey());
    Optional<Extension> provider = provider(service, only.getKey(), below);
    problems.at(below, only.getValue());
    return provider
        .map(p -> noted(record(p.getClass(), p, only.getValue(), below), below))
        .orElse(FAILED);
  }

  private Object noted(Object extension, String path) {
    if (extension != FAILED) {
      bound.put(path, (Extension) extension);
    }
    return extension;
  }

  private Optional<Extension> provider(Class<?> service, String id, String path) {
    Catalog<?> catalog = extensions.catalog(service);
    if (!catalog.providers().containsKey(id)) {
      problems.report(path, Problems.unknown(extensions.noun(service), id, catalog.ids()));
      return Optional.empty();
    }
    return Optional.of(catalog.get(id));
  }

  private Object record(Class<?> type, Object inherited, Node node, String path) {
    int before = problems.size();
    Map<String, Node> entries = problems.entries(node, path);
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = Arrays.stream(components).map(c -> KebabCase.of(c.getName())).toList();
    for (Map.Entry<String, Node> entry : entries.entrySet()) {
      if (!keys.contains(entry.getKey())) {
        problems.at(Problems.join(path, entry.getKey()), YamlTree.key(node, entry.getKey()));
        problems.report(
            Problems.join(path, entry.getKey()), Problems.unknown("key", entry.getKey(), keys));
      }
    }
    Object defaults = inherited == null ? RecordReflection.defaults(type) : inherited;
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Node given = entries.get(keys.get(i));
      Object standard = defaults == null ? null : RecordReflection.value(components[i], defaults);
      if (given != null) {
        values[i] =
            bind(components[i].getGenericType(), given, Problems.join(path, keys.get(i)), standard);
      } else if (defaults != null) {
        values[i] = standard;
      } else {
        problems.report(path, "'" + keys.get(i) + "' is missing");
      }
    }
    if (problems.size() == before) {
      return construct(type, values, entries, path);
    }
    Object repaired = repaired(type, values, entries, path, defaults);
    if (path.isEmpty()) {
      partial = repaired;
    }
    return FAILED;
  }

  /**
   * The record with its defaults in place of what failed, or null: its constructor's complaint
   * about the rest is one more problem.
   */
  private Object repaired(
      Class<?> type, Object[] values, Map<String, Node> entries, String path, Object defaults) {
    if (defaults == null) {
      return null;
    }
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Node> whole = new LinkedHashMap<>(entries);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == FAILED) {
        values[i] = RecordReflection.value(components[i], defaults);
        whole.remove(KebabCase.of(components[i].getName()));
      }
    }
    try {
      return RecordReflection.construct(type, values);
    } catch (IllegalArgumentException e) {
      Culprit.of(e.getMessage(), whole.keySet(), type)
          .ifPresent(key -> problems.report(Problems.join(path, key), e.getMessage()));
      return null;
    }
  }

  /** The correct part of the whole tree, once it is bound; null if there is none. */
  Object partial() {
    return partial;
  }

  private Object construct(Class<?> type, Object[] values, Map<String, Node> entries, String path) {
    try {
      return RecordReflection.construct(type, values);
    } catch (IllegalArgumentException e) {
      problems.report(
          Culprit.of(e.getMessage(), entries.keySet(), type)
              .map(key -> Problems.join(path, key))
              .orElse(path),
          e.getMessage());
      return FAILED;
    }
  }

  private Object scalar(Class<?> type, Node node, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.report(path, "expected " + Scalars.expected(type) + YamlTree.found(node));
      return FAILED;
    }
    try {
      return scalars.read(type, scalar);
    } catch (IllegalArgumentException e) {
      problems.report(path, e.getMessage());
      return FAILED;
    }
  }
}
