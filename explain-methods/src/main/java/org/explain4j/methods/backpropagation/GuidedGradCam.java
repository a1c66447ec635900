package org.explain4j.methods.backpropagation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Guided Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391): Guided Backprop times the enlarged
 * Grad-CAM map, pixel by pixel.
 *
 * @param layer as in Grad-CAM
 * @param start of the Guided Backprop factor
 */
public record GuidedGradCam(String layer, Start start) implements Explainer {

  public GuidedGradCam() {
    this("", Start.ONE);
  }

  @Override
  public String id() {
    return "guided-grad-cam";
  }

  @Override
  public String summary() {
    return "Guided Backprop within the Grad-CAM map (Selvaraju et al. 2017)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Applicability applicability(Network network) {
    return Applicability.worst(
        new GuidedBackprop(start).applicability(network),
        new GradCam(layer).applicability(network));
  }

  @Override
  public double passes(Classifier classifier) {
    return 4; // those of Guided Backprop and of Grad-CAM
  }

  @Override
  public Attributor bind(Subject subject) {
    Attributor guided = new GuidedBackprop(start).bind(subject);
    Attributor map = new GradCam(layer).bind(subject);
    return Attributor.explaining(
        (inputs, classes) -> {
          try (INDArray where = map.attribute(inputs, classes)) {
            return guided.explain(inputs, classes).times(where);
          }
        });
  }
}
