package org.explain4j.experiments.configuration;

import java.util.List;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalQuality;

/**
 * How rho is measured.
 *
 * @param solvers that find the regression v
 * @param targets which y of Eq. 1: the pre-activation, the rectified output, or both
 * @param patchesPerImage how many receptive fields of each image of B and C are samples
 * @param imageGroups number of groups into which the images of C are divided for resampling, which
 *     gives intervals over images and paired comparisons: at least 100; 0 for neither
 * @param layers whose rho is measured, by node; all if empty. {@code [-fc6]} is all but the layer
 *     named after the minus
 */
public record SignalQualitySettings(
    List<Configured<SignalQuality>> solvers,
    List<RegressionTarget> targets,
    Patches patchesPerImage,
    int imageGroups,
    List<String> layers) {
  private static final int FEWEST_GROUPS = 100;
  private static final String LEAVE_OUT = "-";

  public SignalQualitySettings() {
    this(
        List.of(),
        List.of(RegressionTarget.PRE, RegressionTarget.POST),
        new Patches(20),
        FEWEST_GROUPS,
        List.of());
  }

  public SignalQualitySettings {
    solvers = List.copyOf(solvers);
    targets = List.copyOf(targets);
    layers = List.copyOf(layers);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("targets must name pre, post or both");
    }
    if (targets.stream().distinct().count() < targets.size()) {
      throw new IllegalArgumentException("targets " + targets + " names the same one twice");
    }
    if (imageGroups != 0) {
      Checks.atLeast("image-groups", imageGroups, FEWEST_GROUPS);
    }
    long left = layers.stream().filter(name -> name.startsWith(LEAVE_OUT)).count();
    if (left > 0 && left < layers.size()) {
      throw new IllegalArgumentException(
          "layers %s both names layers and leaves some out.\nMaybe do only one of the two."
              .formatted(layers));
    }
  }

  /**
   * The linear layers of a network whose rho is measured.
   *
   * @param linear the names of all of them
   * @throws ConfigurationException if a layer named in the settings is not among them, or none is
   *     left
   */
  public List<String> chosen(List<String> linear) {
    boolean leaveOut = !layers.isEmpty() && layers.get(0).startsWith(LEAVE_OUT);
    List<String> named =
        layers.stream().map(name -> leaveOut ? name.substring(LEAVE_OUT.length()) : name).toList();
    for (String name : named) {
      if (!linear.contains(name)) {
        throw ConfigurationException.unknown("signal-quality.layers", "layer", name, linear);
      }
    }
    List<String> chosen =
        linear.stream()
            .filter(name -> named.isEmpty() || named.contains(name) != leaveOut)
            .toList();
    if (chosen.isEmpty()) {
      throw new ConfigurationException(
          "signal-quality.layers", layers + " leaves no layer\nMaybe remove 'signal-quality'.");
    }
    return chosen;
  }
}
