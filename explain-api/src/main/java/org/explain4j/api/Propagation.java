package org.explain4j.api;

import org.explain4j.network.Activations;
import org.explain4j.network.Elements;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bound method that is one forward and one backward pass, which every back-propagating method is:
 * what differs is the table of rules, the start value, and whether the result is multiplied by the
 * input.
 *
 * @param composite the rule of every layer
 * @param start the value that is propagated from the logits
 * @param timesInput whether the result is multiplied by the input
 */
public record Propagation(Network network, Composite composite, Start start, boolean timesInput)
    implements Attributor {

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    return Attributor.inBatches(network, inputs, classes, this::pass);
  }

  private INDArray pass(INDArray inputs, int[] classes) {
    try (Activations activations = network.forward(inputs);
        INDArray first = start(activations.logits(), classes, start)) {
      INDArray message = composite.backwardReleasing(network, activations, first);
      return timesInput ? Elements.product(message, activations.input(), message) : message;
    }
  }

  /**
   * One-hot at the explained classes, times the start value.
   *
   * @param logits {@code [n,...]}
   * @return {@code [n,classes]}
   */
  public static INDArray start(INDArray logits, int[] classes, Start start) {
    INDArray flat = logits.reshape('c', logits.size(0), -1);
    INDArray first = Nd4j.zeros(logits.dataType(), flat.shape());
    for (int i = 0; i < classes.length; i++) {
      first.putScalar(i, classes[i], start == Start.ONE ? 1 : flat.getDouble(i, classes[i]));
    }
    return first;
  }
}
