package org.explain4j.methods.backpropagation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;

/**
 * Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391): {@code relu(sum_k alpha_k A_k)}, the feature
 * maps A of a late layer weighted by the mean alpha of their gradients; enlarged bilinearly to the
 * image and the same in all channels. Captum enlarges by nearest neighbour unless told otherwise.
 *
 * @param layer the node whose output is weighted; empty for the last activation (or, without one,
 *     the last convolution) whose output is an image
 */
public record GradCam(String layer) implements Explainer {

  public GradCam() {
    this("");
  }

  @Override
  public String id() {
    return "grad-cam";
  }

  @Override
  public String summary() {
    return "Late feature maps weighted by their gradient (Selvaraju et al. 2017)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Applicability applicability(Network network) {
    return Applicability.unlessRefused(() -> ClassActivation.of(network, layer, this));
  }

  @Override
  public Attributor bind(Subject subject) {
    ClassActivation activation = ClassActivation.of(subject.network(), layer, this);
    return (inputs, classes) ->
        Attributor.inBatches(subject.network(), inputs, classes, activation.attributor());
  }
}
