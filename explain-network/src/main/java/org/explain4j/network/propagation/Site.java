package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.Layer;
import org.explain4j.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer with what flowed through it in the forward pass.
 *
 * @param inputs the activations that it was given; must not be changed
 * @param output what it returned, the pre-activation if the layer is linear; must not be changed
 */
public record Site(Node node, List<INDArray> inputs, INDArray output) {

  public Layer layer() {
    return node.layer();
  }

  /** The input of a layer that has only one. */
  public INDArray input() {
    return inputs.get(0);
  }
}
