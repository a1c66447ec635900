package org.explain4j.methods.baselines;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;

/**
 * The input as its own explanation, which ignores the network: gradient x input and its relatives
 * show this much of the image (Adebayo et al. 2018, arXiv 1810.03292).
 */
public record InputItself() implements Explainer {

  @Override
  public String id() {
    return "input";
  }

  @Override
  public String summary() {
    return "The input itself: a baseline that ignores the network";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public double passes(Classifier classifier) {
    return 1;
  }

  @Override
  public Attributor bind(Subject subject) {
    return Attributor.of(subject.classifier(), examples -> examples.values().clone());
  }
}
