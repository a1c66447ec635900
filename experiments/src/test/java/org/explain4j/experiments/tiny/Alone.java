package org.explain4j.experiments.tiny;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;

/** A solver that cannot measure several rho together, and finds .5 for every neuron. */
public record Alone() implements SignalQuality {

  @Override
  public String id() {
    return "alone";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Measure of(LinearLayer layer, LayerData fit, LayerData evaluate) {
    return new Measure() {
      @Override
      public Rho rho(Patterns patterns, RegressionTarget target) {
        double[] half = new double[(int) layer.neurons()];
        boolean[] included = new boolean[half.length];
        Arrays.fill(half, 0.5);
        Arrays.fill(included, true);
        return new Rho(half, half, included, Map.of());
      }

      @Override
      public List<Rho> rho(List<Question> questions) {
        if (questions.size() > 1) {
          throw new IllegalStateException("Too many at once: " + questions.size());
        }
        return Measure.super.rho(questions);
      }
    };
  }
}
