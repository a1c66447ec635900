package org.explain4j.network.propagation;

import java.util.List;
import java.util.Optional;
import org.explain4j.network.Layer;
import org.explain4j.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with what flowed through it in the forward pass.
 *
 * @param inputs the activations that it was given; must not be changed
 * @param output what it returned, the pre-activation if the layer is linear; must not be changed
 * @param counterpart the same layer in the pass of a reference
 */
public record Site(Node node, List<INDArray> inputs, INDArray output, Optional<Site> counterpart) {

  /** Of a pass without a reference. */
  public Site(Node node, List<INDArray> inputs, INDArray output) {
    this(node, inputs, output, Optional.empty());
  }

  /**
   * The same layer in the pass of a reference.
   *
   * @throws IllegalStateException if the pass has no reference
   */
  public Site reference() {
    return counterpart.orElseThrow(() -> new IllegalStateException("This pass has no reference."));
  }

  public Layer layer() {
    return node.layer();
  }

  /** The input of a layer that has only one. */
  public INDArray input() {
    return inputs.get(0);
  }
}
