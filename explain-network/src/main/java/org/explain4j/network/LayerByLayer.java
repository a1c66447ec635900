package org.explain4j.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.explain4j.network.arrays.Buffers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One pass through a network that keeps what flows only as long as a later node reads it. */
final class LayerByLayer implements AutoCloseable {
  private final Network network;
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final Map<String, INDArray> alive = new HashMap<>();
  private final Set<Long> callers;

  /**
   * @param given the caller's batch
   * @param input the same in the network's type
   */
  LayerByLayer(Network network, INDArray given, INDArray input) {
    this.network = network;
    callers = Set.of(Buffers.address(given));
    alive.put(Network.INPUT, input);
    List<Node> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (String source : nodes.get(i).inputs()) {
        lastUse.put(source, i);
      }
    }
  }

  /** {@code [n,classes]}, the caller's. */
  INDArray logits() {
    run((node, inputs, output) -> {});
    INDArray logits = alive.get(network.output().name());
    return logits.reshape('c', logits.size(0), -1);
  }

  /** As {@link Network#observe}. */
  void run(Network.Observer observer) {
    List<Node> nodes = network.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      List<INDArray> inputs = node.inputs().stream().map(alive::get).toList();
      INDArray output = node.layer().forward(inputs);
      alive.put(node.name(), output);
      observer.accept(node, inputs, output);
      release(node, i);
    }
  }

  private void release(Node node, int now) {
    List<INDArray> done =
        node.inputs().stream()
            .distinct()
            .filter(source -> lastUse.get(source) == now)
            .map(alive::remove)
            .toList();
    Set<Long> released = new HashSet<>(callers); // of this node: addresses are taken up again
    for (INDArray array : done) {
      if (alive.values().stream().noneMatch(other -> Buffers.shared(other, array))) {
        Buffers.releaseOnce(array, released);
      }
    }
  }

  /** Frees what is left. */
  @Override
  public void close() {
    Set<Long> released = new HashSet<>(callers);
    alive.values().forEach(array -> Buffers.releaseOnce(array, released));
  }
}
