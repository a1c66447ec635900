package org.explain4j.experiments.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What settings mean: their Javadoc, which {@code explain-processor} puts into each jar when it is
 * compiled. Jars that were compiled without it have none.
 *
 * @param texts by name: {@code com.example.Lime}, {@code com.example.Lime#samples}
 */
record Meanings(Map<String, String> texts) {
  private static final String RESOURCE = "META-INF/explain4j/settings.tsv";

  /** Those of all jars that a class loader knows. */
  static Meanings of(ClassLoader loader) {
    Map<String, String> texts = new HashMap<>();
    try {
      for (URL jar : Collections.list(loader.getResources(RESOURCE))) {
        try (InputStream in = jar.openStream()) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split("\t", 2))
              .filter(cells -> cells.length == 2)
              .forEach(cells -> texts.putIfAbsent(cells[0], cells[1]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Meanings(texts);
  }

  /** Of a type; empty if it has none. */
  String of(Class<?> type) {
    return texts.getOrDefault(type.getName(), "");
  }

  /** Of a record's component. */
  String of(RecordComponent component) {
    return member(component.getDeclaringRecord(), component.getName());
  }

  /** Of an enum's constant. */
  String of(Enum<?> constant) {
    return member(constant.getDeclaringClass(), constant.name());
  }

  private String member(Class<?> type, String name) {
    return texts.getOrDefault(type.getName() + "#" + name, "");
  }
}
