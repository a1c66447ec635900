package org.explain4j.methods.backpropagation;

import java.util.List;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Propagation;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.ChannelValues;
import org.explain4j.methods.rules.Differences;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Composite;

/**
 * DeepLIFT's rescale rule (Shrikumar et al. 2017, arXiv 1704.02685): slopes from a baseline in
 * place of derivatives, times {@code x - x'}; with RESCALE they sum to {@code f_c(x) - f_c(x')}.
 *
 * @param baseline x', per channel or one for all, in units of the network's input
 * @param epsilon for input differences below it the gradient is used instead; Captum's is 1e-10
 * @param pooling Captum documents RESCALE; its 0.8.0 does GRADIENT where it follows a rectifier
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
    return rules().applicability(network);
  }

  @Override
  public double passes(Classifier classifier) {
    return 3; // the baseline's, too, where the network is not compiled
  }

  @Override
  public Propagation bind(Subject subject) {
    Composite rules = rules().from(ChannelValues.example(baseline, subject.network()));
    return new Propagation(subject.network(), rules, Start.ONE, true);
  }

  private Composite rules() {
    return Differences.rescale(epsilon, pooling == DifferencePooling.RESCALE);
  }
}
