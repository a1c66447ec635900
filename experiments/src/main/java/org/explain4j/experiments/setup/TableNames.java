package org.explain4j.experiments.setup;

import java.util.List;
import java.util.stream.Collectors;

/** Names in tables. */
public final class TableNames {
  private TableNames() {}

  /** A class's name, or its index where there is none. */
  public static String of(List<String> names, int index) {
    return index < names.size() ? names.get(index) : Integer.toString(index);
  }

  /** {@code 16x28x28}. */
  public static String shape(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
