package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Activations;
import org.explain4j.network.LayerKind;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DeepLIFT's rescale rule (Shrikumar et al. 2017, arXiv 1704.02685, section 3.5.2): a layer's
 * multiplier is its output's difference from a reference over its input's.
 */
public final class Differences {
  private Differences() {}

  /**
   * The multipliers' rules.
   *
   * @param reference activations of the reference, of the explained batch's size
   * @param epsilon for input differences below it the gradient is used instead
   */
  public static Composite rescale(Activations reference, double epsilon) {
    return Composite.gradient()
        .with(LayerKind.ACTIVATION, rectifier(reference, epsilon))
        .with(LayerKind.MAX_POOL, pool(reference, epsilon));
  }

  private static PropagationRule rectifier(Activations reference, double epsilon) {
    return (site, message) -> {
      try (INDArray out = difference(site.output(), reference.output(site.node()));
          INDArray contribution = out.muli(message)) {
        return List.of(overInput(site, reference, contribution, message, epsilon));
      }
    };
  }

  /** What the maximum gained goes to the input's winner, what it lost to the reference's winner. */
  private static PropagationRule pool(Activations reference, double epsilon) {
    return (site, message) -> {
      INDArray before = reference.output(site.node());
      List<INDArray> from = reference.inputs(site.node());
      try (INDArray gain =
              Elements.combine(site.output(), before, (o, r) -> Math.max(o, r) - r).muli(message);
          INDArray loss =
              Elements.combine(site.output(), before, (o, r) -> Math.min(o - r, 0)).muli(message);
          INDArray gained = site.layer().backward(site.inputs(), site.output(), gain).get(0);
          INDArray lost = site.layer().backward(from, before, loss).get(0);
          INDArray contribution = gained.add(lost)) {
        return List.of(overInput(site, reference, contribution, message, epsilon));
      }
    };
  }

  private static INDArray difference(INDArray a, INDArray b) {
    return Elements.combine(a, b, (x, y) -> x - y);
  }

  /** contribution / (x - x'), or the gradient where the inputs hardly differ. */
  private static INDArray overInput(
      Site site, Activations reference, INDArray contribution, INDArray message, double epsilon) {
    try (INDArray change = difference(site.input(), reference.inputs(site.node()).get(0));
        INDArray gradient = site.layer().backward(site.inputs(), site.output(), message).get(0);
        INDArray small =
            Elements.combine(gradient, change, (g, d) -> Math.abs(d) < epsilon ? g : 0)) {
      return Elements.combine(contribution, change, (c, d) -> Math.abs(d) < epsilon ? 0 : c / d)
          .addi(small);
    }
  }
}
