package org.explain4j.methods.perturbation;

import java.util.function.Function;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.NoDataException;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;

/** A method that works on examples as numbers, usually on many variants of each. */
public interface Perturbation extends Explainer {

  /** Maps a batch of examples to their attributions, in the order of the examples' values. */
  Function<ExampleBatch, double[]> method(Subject subject);

  /** As many as it makes variants: what it costs must be said. */
  @Override
  double passes(Classifier classifier);

  /** Exact, unless the method refuses the network; that it asks for data is no refusal. */
  @Override
  default Applicability applicability(Network network) {
    return Applicability.unlessRefused(
        () -> {
          try {
            method(Subject.of(network));
          } catch (NoDataException e) {
            return; // it takes the network
          }
        });
  }

  @Override
  default Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  default Attributor bind(Subject subject) {
    return Attributor.of(subject.classifier(), method(subject));
  }
}
