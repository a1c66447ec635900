package org.explain4j.methods.explainers;

import org.explain4j.api.Start;
import org.explain4j.api.network.Activations;
import org.explain4j.api.network.Elements;
import org.explain4j.api.network.Network;
import org.explain4j.api.propagation.Composite;
import org.explain4j.api.propagation.Propagation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One forward and one backward pass, which every back-propagating method is: what differs is the
 * composite's rules, the start value, and whether the result is multiplied by the input.
 */
record Backpropagation(Network network, Composite composite, Start start, boolean timesInput)
    implements Propagation {

  Backpropagation(Network network, Composite composite, Start start) {
    this(network, composite, start, false);
  }

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    return BatchSize.attribute(network, inputs, classes, this::pass);
  }

  private INDArray pass(INDArray inputs, int[] classes) {
    try (Activations activations = network.forward(inputs);
        INDArray first = start(activations.logits(), classes, start)) {
      INDArray message = composite.backwardReleasing(network, activations, first);
      return timesInput ? Elements.product(message, activations.input(), message) : message;
    }
  }

  /** One-hot at the explained classes, times the start value; {@code [n,classes]}. */
  static INDArray start(INDArray logits, int[] classes, Start start) {
    INDArray flat = logits.reshape('c', logits.size(0), -1);
    INDArray first = Nd4j.zeros(logits.dataType(), flat.shape());
    for (int i = 0; i < classes.length; i++) {
      first.putScalar(i, classes[i], start == Start.ONE ? 1 : flat.getDouble(i, classes[i]));
    }
    return first;
  }
}
