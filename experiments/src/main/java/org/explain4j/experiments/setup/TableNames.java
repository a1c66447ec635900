package org.explain4j.experiments.setup;

import java.util.List;
import java.util.stream.Collectors;
import org.explain4j.network.Activation;
import org.explain4j.network.Convolution;
import org.explain4j.network.Node;

/** Names in tables. */
public final class TableNames {
  private TableNames() {}

  /** A class's name, or its index where there is none. */
  public static String of(List<String> names, int index) {
    return index < names.size() ? names.get(index) : Integer.toString(index);
  }

  /** The kind of layer; of an activation its function, of a convolution its groups. */
  public static String layer(Node node) {
    if (node.layer() instanceof Activation activation) {
      return activation.function().id();
    }
    String name = node.layer().getClass().getSimpleName();
    return node.layer() instanceof Convolution convolution && convolution.groups() > 1
        ? name + " x" + convolution.groups()
        : name;
  }

  /** {@code 16x28x28}. */
  public static String shape(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
