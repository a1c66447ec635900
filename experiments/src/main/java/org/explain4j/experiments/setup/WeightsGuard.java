package org.explain4j.experiments.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.HostMemory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Watches a network's weights: an extension that changes them, by a stray in-place operation, would
 * falsify all numbers after it.
 */
public final class WeightsGuard {
  private final Network network;
  private final Source source;
  private final long[] sums;

  /** Gives the network as it was, in new arrays. */
  @FunctionalInterface
  public interface Source {
    Network again() throws IOException;
  }

  /**
   * @param source asked only when the weights have changed
   */
  public WeightsGuard(Network network, Source source) {
    this.network = network;
    this.source = source;
    this.sums = sums(network);
  }

  /**
   * Restores the weights if they have changed.
   *
   * @throws IllegalStateException if they had changed; the message names the layer
   */
  public void check() {
    long[] now = sums(network);
    int changed = Arrays.mismatch(sums, now);
    if (changed >= 0) {
      restore();
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "It changed the weights of the network, first those of '%s'; they were restored.\nMaybe copy an array (dup) before an operation in place, such as muli.",
              owner(changed)));
    }
  }

  private void restore() {
    List<INDArray> arrays = arrays(network);
    List<INDArray> right;
    try {
      right = arrays(source.again());
    } catch (IOException e) {
      throw new UncheckedIOException("The weights were changed and cannot be read again.", e);
    }
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).assign(right.get(i));
    }
    if (!Arrays.equals(sums, sums(network))) {
      throw new IllegalStateException(
          "It changed the weights of the network, and they cannot be restored.");
    }
  }

  private String owner(int array) {
    int before = 0;
    for (Node node : network.nodes()) {
      before += arrays(node.layer()).size();
      if (array < before) {
        return node.name();
      }
    }
    throw new IllegalArgumentException("no array " + array);
  }

  private static long[] sums(Network network) {
    return arrays(network).stream().mapToLong(WeightsGuard::sum).toArray();
  }

  private static long sum(INDArray array) {
    CRC32C sum = new CRC32C();
    sum.update(HostMemory.bytes(array));
    return sum.getValue();
  }

  private static List<INDArray> arrays(Network network) {
    return network.nodes().stream().flatMap(node -> arrays(node.layer()).stream()).toList();
  }

  private static List<INDArray> arrays(Layer layer) {
    List<INDArray> arrays = new ArrayList<>();
    for (RecordComponent component : layer.getClass().getRecordComponents()) {
      if (component.getType() == INDArray.class) {
        try {
          arrays.add((INDArray) component.getAccessor().invoke(layer));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return arrays;
  }
}
