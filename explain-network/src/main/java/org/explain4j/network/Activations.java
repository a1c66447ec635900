package org.explain4j.network;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.explain4j.network.arrays.Buffers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What flowed through a network for one batch: the input and the output of every node. It holds
 * off-heap memory: close it as soon as it is no longer needed. The input belongs to the caller and
 * stays open.
 */
public final class Activations implements AutoCloseable {
  private final Network network;
  private final Map<String, INDArray> outputs;
  private final INDArray given; // the caller's; the input is a copy where its type or order differs

  private boolean closed;

  Activations(Network network, Map<String, INDArray> outputs, INDArray given) {
    this.network = network;
    this.outputs = outputs;
    this.given = given;
  }

  /** The batch that went in. */
  public INDArray input() {
    return outputs.get(Network.INPUT);
  }

  /** The output of a node; for a linear layer this is the pre-activation. */
  public INDArray output(Node node) {
    return outputs.get(node.name());
  }

  /** The inputs of a node, in its order. */
  public List<INDArray> inputs(Node node) {
    return node.inputs().stream().map(outputs::get).toList();
  }

  /** {@code [n,classes]}, before the soft-max. */
  public INDArray logits() {
    return output(network.output());
  }

  /**
   * Gives up a node's output, which must not be asked for again. Memory that several outputs share
   * is freed with the last of them.
   */
  public void release(Node node) {
    INDArray array = outputs.remove(node.name());
    if (array != null
        && !Buffers.shared(array, given)
        && outputs.values().stream().noneMatch(other -> Buffers.shared(other, array))) {
      Buffers.release(array);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Set<Long> released = new HashSet<>(Set.of(Buffers.address(given)));
    for (INDArray array : outputs.values()) {
      Buffers.releaseOnce(array, released);
    }
  }
}
