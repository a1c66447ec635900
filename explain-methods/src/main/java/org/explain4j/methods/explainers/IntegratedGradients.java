package org.explain4j.methods.explainers;

import java.util.List;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.api.network.Network;
import org.explain4j.methods.rules.ChannelValues;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Integrated Gradients (Sundararajan et al. 2017, arXiv 1703.01365): {@code (x - x') * integral
 * over a in [0,1] of grad f_c(x' + a (x - x'))}. Complete: the sum is {@code f_c(x) - f_c(x')}, up
 * to the quadrature's error, which {@link #completenessGap} tells. Captum's trapezoid weights sum
 * to 1 - 1/n; iNNvestigate is RIEMANN_LEFT.
 *
 * @param steps gradients per example
 * @param baseline x', per channel or one for all, in units of the network's input
 */
public record IntegratedGradients(int steps, Quadrature quadrature, List<Double> baseline)
    implements Explainer {

  public IntegratedGradients {
    baseline = List.copyOf(baseline);
    Keys.checkCount("steps", quadrature == Quadrature.TRAPEZOID ? steps - 1 : steps);
  }

  public IntegratedGradients() {
    this(50, Quadrature.GAUSS_LEGENDRE, List.of(0.0));
  }

  @Override
  public String id() {
    return "integrated-gradients";
  }

  @Override
  public String summary() {
    return "Gradients along the way from a baseline (Sundararajan et al. 2017)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    Attributor gradient = new Gradient().bind(subject);
    return (inputs, classes) -> {
      double[] from = baseline(inputs);
      return Chunk.attribute(
          subject.network(), inputs, classes, chunk -> integrate(chunk, from, gradient));
    };
  }

  private double[] integrate(Chunk chunk, double[] from, Attributor gradient) {
    double[] nodes = quadrature.nodes(steps);
    double[] weights = quadrature.weights(steps);
    double[] x = chunk.values();
    double[] sums = new double[x.length];
    chunk.each(
        steps,
        (example, step, target, offset) -> {
          for (int i = 0; i < chunk.size(); i++) {
            double way = x[chunk.start(example) + i] - from[i];
            target[offset + i] = from[i] + nodes[step] * way;
          }
        },
        gradient::attribute,
        (example, step, rows, offset) -> {
          for (int i = 0; i < chunk.size(); i++) {
            double way = x[chunk.start(example) + i] - from[i];
            sums[chunk.start(example) + i] += weights[step] * way * rows[offset + i];
          }
        });
    return sums;
  }

  /**
   * How far attributions are from complete: sum of attributions minus {@code f_c(x) - f_c(x')}, per
   * example.
   */
  public double[] completenessGap(
      Network network, INDArray inputs, int[] classes, INDArray attributions) {
    double[] gaps = new double[classes.length];
    try (INDArray baseline = ChannelValues.examples(baseline(), inputs, 1);
        INDArray at = network.logits(inputs);
        INDArray from = network.logits(baseline)) {
      for (int i = 0; i < gaps.length; i++) {
        double change = at.getDouble(i, classes[i]) - from.getDouble(0, classes[i]);
        gaps[i] = attributions.slice(i).sumNumber().doubleValue() - change;
      }
    }
    return gaps;
  }

  private double[] baseline(INDArray inputs) {
    try (INDArray example = ChannelValues.examples(baseline, inputs, 1)) {
      return example.dup('c').data().asDouble();
    }
  }
}
