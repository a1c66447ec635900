package org.explain4j.methods.paths;

import java.util.List;
import java.util.function.Function;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Subject;
import org.explain4j.methods.backpropagation.Gradient;
import org.explain4j.methods.perturbation.Perturbation;
import org.explain4j.network.Classifier;

/**
 * Integrated Gradients (Sundararajan et al. 2017, arXiv 1703.01365): {@code (x - x') * integral
 * over a in [0,1] of grad f_c(x' + a (x - x'))}. Complete: the sum is {@code f_c(x) - f_c(x')}, up
 * to the quadrature's error, which {@link Completeness} measures. Captum's trapezoid weights sum to
 * 1 - 1/n; iNNvestigate uses RIEMANN_LEFT.
 *
 * @param steps gradients per example
 * @param baseline x', per channel or one for all, in units of the network's input
 */
public record IntegratedGradients(int steps, Quadrature quadrature, List<Double> baseline)
    implements Perturbation {

  public IntegratedGradients {
    baseline = List.copyOf(baseline);
    Extension.requireCount("steps", quadrature == Quadrature.TRAPEZOID ? steps - 1 : steps);
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
    return "Gradients along the path from a baseline (Sundararajan et al. 2017)";
  }

  @Override
  public double passes(Classifier classifier) {
    return 2.0 * steps;
  }

  @Override
  public Function<ExampleBatch, double[]> method(Subject subject) {
    return method(new Gradient().bind(subject));
  }

  Function<ExampleBatch, double[]> method(Attributor gradient) {
    double[] places = quadrature.nodes(steps);
    double[] weights = quadrature.weights(steps);
    return examples ->
        new PathGradients(gradient, examples.constant(baseline))
            .sum(
                examples,
                steps,
                (example, step) -> new PathGradients.Point(0, places[step], weights[step]));
  }
}
