package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.api.network.Activations;
import org.explain4j.api.network.LayerKind;
import org.explain4j.api.propagation.Composite;
import org.explain4j.api.propagation.PropagationRule;
import org.explain4j.api.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
   * @param epsilon input differences below it take the gradient instead
   */
  public static Composite rescale(Activations reference, double epsilon) {
    return Composite.gradient()
        .with(LayerKind.RELU, rectifier(reference, epsilon))
        .with(LayerKind.MAX_POOL, pool(reference, epsilon));
  }

  private static PropagationRule rectifier(Activations reference, double epsilon) {
    return (site, message) -> {
      try (INDArray out = site.output().sub(reference.output(site.node()));
          INDArray contribution = out.mul(message)) {
        return List.of(overInput(site, reference, contribution, message, epsilon));
      }
    };
  }

  /**
   * What the maximum gained goes to the winner of the input, what it lost to the winner of the
   * reference.
   */
  private static PropagationRule pool(Activations reference, double epsilon) {
    return (site, message) -> {
      INDArray before = reference.output(site.node());
      List<INDArray> from = reference.inputs(site.node());
      try (INDArray larger = Transforms.max(site.output(), before, true);
          INDArray gain = larger.sub(before).muli(message);
          INDArray loss = site.output().sub(larger).muli(message);
          INDArray gained = site.layer().backward(site.inputs(), site.output(), gain).get(0);
          INDArray lost = site.layer().backward(from, before, loss).get(0);
          INDArray contribution = gained.add(lost)) {
        return List.of(overInput(site, reference, contribution, message, epsilon));
      }
    };
  }

  /** contribution / (x - x'), or the gradient where the inputs hardly differ. */
  private static INDArray overInput(
      Site site, Activations reference, INDArray contribution, INDArray message, double epsilon) {
    try (INDArray difference = site.input().sub(reference.inputs(site.node()).get(0));
        INDArray size = Transforms.abs(difference, true);
        INDArray small = size.lt(epsilon);
        INDArray mask = small.castTo(message.dataType());
        INDArray gradient =
            site.layer().backward(site.inputs(), site.output(), message).get(0).mul(mask)) {
      difference.addi(mask); // keeps the division finite where it is not used
      INDArray quotient = contribution.div(difference);
      return quotient.muli(mask.rsub(1)).addi(gradient);
    }
  }
}
