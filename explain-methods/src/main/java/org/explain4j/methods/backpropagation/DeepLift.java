package org.explain4j.methods.backpropagation;

import java.util.List;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Propagation;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.Differences;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;

/**
 * DeepLIFT with the rescale rule (Shrikumar et al. 2017, arXiv 1704.02685): the gradient with each
 * activation's slope replaced by its output's difference from a baseline over its input's, times
 * {@code x - x'}; only with rescaled max-pooling they sum to {@code f_c(x) - f_c(x')}.
 *
 * @param baseline x', per channel or one for all, in units of the network's input
 * @param epsilon for input differences below it the gradient is used instead; Captum's is 1e-10
 * @param pooling Captum documents RESCALE; version 0.8.0 loses that rule and does GRADIENT where
 *     pooling directly follows a rectifier, as it does in most networks
 */
public record DeepLift(List<Double> baseline, double epsilon, DifferencePooling pooling)
    implements Explainer {

  public DeepLift {
    baseline = List.copyOf(baseline);
    RelevanceExplainer.checkEpsilon(epsilon);
  }

  public DeepLift() {
    this(List.of(0.0), 1e-10, DifferencePooling.RESCALE);
  }

  @Override
  public String id() {
    return "deep-lift";
  }

  @Override
  public String summary() {
    return "Contributions of differences from a baseline (Shrikumar et al. 2017)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Applicability applicability(Network network) {
    return rules(network).applicability(network);
  }

  @Override
  public double passes(Classifier classifier) {
    return 3; // the baseline's, too, where the network is not compiled
  }

  @Override
  public Propagation bind(Subject subject) {
    return new Propagation(subject.network(), rules(subject.network()), Start.ONE, true);
  }

  private Composite rules(Network network) {
    return Differences.rescale(network, baseline, epsilon, pooling == DifferencePooling.RESCALE);
  }
}
