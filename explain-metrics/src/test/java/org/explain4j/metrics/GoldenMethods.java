package org.explain4j.metrics;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Explained;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Patterns;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.backpropagation.Gradient;
import org.explain4j.methods.backpropagation.GradientTimesInput;
import org.explain4j.methods.backpropagation.GuidedBackprop;
import org.explain4j.methods.backpropagation.LrpEpsilon;
import org.explain4j.methods.backpropagation.PatternAttribution;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.methods.paths.IntegratedGradients;
import org.explain4j.methods.paths.Quadrature;
import org.explain4j.network.testing.Shared;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The six methods of the golden files, in their order. */
public final class GoldenMethods {
  /** Position of integrated gradients. */
  public static final int INTEGRATED = 2;

  private GoldenMethods() {}

  /** As they explain the first images. */
  public static List<Evaluation> evaluations() {
    return evaluations(0);
  }

  /**
   * @param baseline of integrated gradients
   */
  public static List<Evaluation> evaluations(double baseline) {
    List<Explainer> methods =
        List.of(
            new Gradient(Start.ONE),
            new GradientTimesInput(Start.ONE),
            new IntegratedGradients(50, Quadrature.GAUSS_LEGENDRE, List.of(baseline)),
            new GuidedBackprop(Start.ONE),
            new LrpEpsilon(0.25, true, Start.LOGIT),
            new PatternAttribution(new TwoComponent(), Start.LOGIT));
    Images images = GoldenMetrics.images();
    PatternSource patterns = stored();
    List<Evaluation> evaluations = new ArrayList<>();
    for (Explainer method : methods) {
      Attributor attributor = method.bind(Subject.of(images.classifier(), patterns));
      INDArray maps = attributor.attribute(images.inputs(), images.classes());
      evaluations.add(
          new Evaluation(
              images,
              new Explained(
                  attributor, maps, (other, use) -> method.bind(Subject.of(other, patterns)))));
    }
    return evaluations;
  }

  private static PatternSource stored() {
    return (estimator, layer) -> {
      INDArray a = Shared.npy("golden/patterns/" + layer.name() + "_pos");
      return Patterns.linear(a.rank() == 2 ? a.transpose().dup('c') : a);
    };
  }
}
