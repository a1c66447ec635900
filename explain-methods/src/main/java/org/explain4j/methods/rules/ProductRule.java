package org.explain4j.methods.rules;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.network.Activation;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Broadcast;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A product of a signal and a gate: the signal takes all, the gate nothing (Arras et al. 2017,
 * arXiv 1706.07206). A branch is the gate if it comes from an activation between 0 and 1, such as a
 * sigmoid, through layers that only move, pool or scale, and the other is not. Two branches without
 * a gate get half each (Achtibat et al. 2024, arXiv 2402.05602).
 *
 * @param share what a branch's share is
 * @param gate which of the two inputs, or {@link #NONE}
 */
record ProductRule(Share share, int gate) implements PropagationRule {
  static final int NONE = -1;

  /** What passes to a branch. */
  enum Share {
    /** The message: relevance. */
    RELEVANCE,
    /** The message over the other factor, as at a layer that scales: a signal. */
    SIGNAL
  }

  ProductRule(Share share) {
    this(share, NONE);
  }

  @Override
  public PropagationRule in(Network network, Node node) {
    boolean first = isGate(network, node.inputs().get(0));
    boolean second = isGate(network, node.inputs().get(1));
    return first == second ? this : new ProductRule(share, first ? 0 : 1);
  }

  /** Whether a branch ends in a factor between 0 and 1. */
  private static boolean isGate(Network network, String branch) {
    String name = branch;
    while (!name.equals(Network.INPUT)) {
      Node node = network.node(name);
      if (node.layer() instanceof Activation activation) {
        return activation.isGate();
      }
      LayerKind kind = node.layer().kind();
      if (kind != LayerKind.RESHAPE && kind != LayerKind.AVERAGE_POOL && kind != LayerKind.AFFINE) {
        return false;
      }
      name = node.inputs().get(0);
    }
    return false;
  }

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    List<INDArray> messages = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      INDArray own = site.inputs().get(i);
      messages.add(
          i == gate
              ? Nd4j.create(own.dataType(), own.shape(), 'c')
              : summed(part(site.inputs().get(1 - i), message), message, own));
    }
    return messages;
  }

  /** A part of the message, added up where the branch was repeated. */
  private static INDArray summed(INDArray part, INDArray message, INDArray own) {
    INDArray sum = Broadcast.sum(part, own.shape());
    if (part != message && part != sum) {
      part.close();
    }
    return sum;
  }

  private INDArray part(INDArray other, INDArray message) {
    double factor = gate == NONE ? 0.5 : 1;
    if (share == Share.RELEVANCE) {
      return factor == 1 ? message : message.mul(factor);
    }
    INDArray divisor = Broadcast.repeated(other, message.shape());
    INDArray quotient = Elements.quotient(message, divisor, 0, factor, message.ulike());
    if (divisor != other) {
      divisor.close();
    }
    return quotient;
  }

  @Override
  public Applicability at(Layer layer) {
    if (gate == NONE) {
      return Applicability.defined(
          "in products without a gate both signals get half (Achtibat et al. 2024)");
    }
    return Applicability.defined(
        share == Share.RELEVANCE
            ? "in products the signal takes all and the gate nothing (Arras et al. 2017)"
            : "in products the gate counts as a layer of constant scale");
  }

  @Override
  public String toString() {
    return share == Share.RELEVANCE ? "signal takes all" : "signal takes all, over the gate";
  }
}
