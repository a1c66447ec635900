package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Activations;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.NormPool;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Product;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.Applicability;
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
        .with(LayerKind.ACTIVATION, activation(reference, epsilon))
        .with(LayerKind.MAX_POOL, pool(reference, epsilon))
        .with(LayerKind.AVERAGE_POOL, norm(reference))
        .with(LayerKind.PRODUCT, product(reference))
        .with(LayerKind.NORMALISATION, normalisation(reference));
  }

  /**
   * What can be said without activations: the rescale rule is defined for functions of one number;
   * other layers that are not linear have multipliers that also add up.
   */
  public static Applicability applicability(Network network) {
    return Applicability.over(network.nodes(), node -> at(node.layer()));
  }

  private static Applicability at(Layer layer) {
    if (layer instanceof Product) {
      return Applicability.defined("products average both orders, as in SHAP's DeepExplainer");
    }
    if (layer instanceof Normalisation || layer instanceof NormPool) {
      return Applicability.defined(
          "normalisations and norms multiply the rescaled slopes of their elementary operations");
    }
    return Applicability.EXACT;
  }

  private static PropagationRule product(Activations reference) {
    return (site, message) ->
        ((Product) site.layer()).secant(site.inputs(), reference.inputs(site.node()), message);
  }

  private static PropagationRule normalisation(Activations reference) {
    return (site, message) -> {
      INDArray from = reference.inputs(site.node()).get(0);
      return List.of(((Normalisation) site.layer()).secant(site.input(), from, message));
    };
  }

  private static PropagationRule norm(Activations reference) {
    return (site, message) -> {
      if (site.layer() instanceof NormPool pool) {
        INDArray from = reference.inputs(site.node()).get(0);
        INDArray to = reference.output(site.node());
        return List.of(
            pool.secant(List.of(site.input(), site.output()), List.of(from, to), message));
      }
      return PropagationRule.gradient().propagate(site, message);
    };
  }

  private static PropagationRule activation(Activations reference, double epsilon) {
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
