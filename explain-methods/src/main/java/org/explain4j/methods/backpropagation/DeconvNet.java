package org.explain4j.methods.backpropagation;

import org.explain4j.api.Group;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.Gradients;
import org.explain4j.network.LayerKind;
import org.explain4j.network.propagation.Composite;

/**
 * DeconvNet (Zeiler and Fergus 2014, doi:10.1007/978-3-319-10590-1_53): the gradient with {@code
 * relu(g)} at the rectifiers and no forward gate; max-pooling passes to the switches of the forward
 * pass. Theano's pooling passes to all tied maxima; as a result, nn-patterns' maps correlate with
 * these and Captum's by only 0.39.
 *
 * @param start iNNvestigate starts from the logit, Captum from one
 */
public record DeconvNet(Start start) implements RuleTable {

  public DeconvNet() {
    this(Start.ONE);
  }

  @Override
  public String id() {
    return "deconvnet";
  }

  @Override
  public String summary() {
    return "Gradient rectified on its way down instead of gated (Zeiler and Fergus 2014)";
  }

  @Override
  public Group group() {
    return Group.SIGNAL;
  }

  @Override
  public Composite composite(Subject subject) {
    return Composite.gradient().with(LayerKind.ACTIVATION, Gradients.rectified());
  }
}
