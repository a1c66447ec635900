package org.explain4j.experiments.configuration;

import java.util.List;
import org.explain4j.api.Regression;
import org.explain4j.api.SignalQuality;

/**
 * How rho is measured.
 *
 * @param solvers that find the regression v
 * @param targets which y of Eq. 1: the pre-activation, the rectified output, or both
 * @param patchesPerImage receptive fields of an image of B and C that are samples
 * @param memory for the samples of as many layers as go through one pass over the data
 */
public record SignalQualitySettings(
    List<Configured<SignalQuality>> solvers,
    List<Regression> targets,
    Patches patchesPerImage,
    Memory memory) {

  public SignalQualitySettings() {
    this(List.of(), List.of(Regression.PRE, Regression.POST), new Patches(20), new Memory(2048));
  }

  public SignalQualitySettings {
    solvers = List.copyOf(solvers);
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("targets must name pre, post or both");
    }
    if (targets.stream().distinct().count() < targets.size()) {
      throw new IllegalArgumentException("targets " + targets + " names one twice");
    }
  }
}
