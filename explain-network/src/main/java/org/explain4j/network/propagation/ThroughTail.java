package org.explain4j.network.propagation;

import java.util.function.UnaryOperator;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.compilation.CompiledPropagation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pass through the last layers of a compiled network, which run with many examples at once. */
final class ThroughTail implements CompiledPropagation.ThroughTail {
  private final Composite composite;
  private final Network network;
  private Composite behind; // null until something has passed

  /**
   * @param network the whole one
   */
  ThroughTail(Composite composite, Network network) {
    this.composite = composite;
    this.network = network;
  }

  @Override
  public INDArray message(Network tail, INDArray features, UnaryOperator<INDArray> start) {
    try (Activations activations = tail.forward(features);
        INDArray first = start.apply(activations.logits())) {
      return rules(tail).backwardReleasing(tail, activations, first);
    }
  }

  /** Rules whose reference is what the network feeds its last layers of it. */
  private synchronized Composite rules(Network tail) {
    if (behind == null) {
      behind = composite.reference().isEmpty() ? composite : composite.from(features(tail));
    }
    return behind;
  }

  private INDArray features(Network tail) {
    String before = network.node(tail.nodes().get(0).name()).inputs().get(0);
    try (Activations activations = network.forward(composite.reference().orElseThrow())) {
      return activations.output(network.node(before)).dup();
    }
  }
}
