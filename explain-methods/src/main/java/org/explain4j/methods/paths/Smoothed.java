package org.explain4j.methods.paths;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;

/** A statistic of another method's results over noisy copies of the example. */
interface Smoothed extends Explainer {

  /** The method to smooth. */
  Explainer of();

  /** Noisy copies of each example. */
  int samples();

  /** Standard deviation as a fraction of each example's range. */
  double noise();

  /** Determines the noise, together with an example's content. */
  long seed();

  /** Which statistic of the results. */
  Smoothing.Moment moment();

  @Override
  default Group group() {
    return of().group();
  }

  @Override
  default double passes(Classifier classifier) {
    return samples() * of().passes(classifier);
  }

  @Override
  default Applicability applicability(Network network) {
    return of().applicability(network);
  }

  @Override
  default Attributor bind(Subject subject) {
    Smoothing.Noise gaussian = Smoothing.gaussian(noise(), seed());
    return new Smoothing(subject.network(), of().bind(subject), samples(), gaussian, moment());
  }
}
