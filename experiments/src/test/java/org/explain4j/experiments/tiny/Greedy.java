package org.explain4j.experiments.tiny;

import org.explain4j.api.SignalQuality;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;

/** A solver that takes the only covariance and then fails. */
public record Greedy() implements SignalQuality {

  @Override
  public String id() {
    return "greedy";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public boolean drawsSamples() {
    return false;
  }

  @Override
  public Measure of(LinearLayer layer, LayerData fit, LayerData evaluate) {
    fit.sigma().close();
    throw new IllegalStateException("Sigma is not to my taste.");
  }
}
