package org.explain4j.models.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An array that a layer has in the file.
 *
 * @param name Keras' own
 * @param trained whether training changes it; Keras writes those of a nested model first
 */
record Variable(String name, boolean trained) {
  static final String KERNEL = "kernel";
  static final String BIAS = "bias";
  static final String DEPTHWISE = "depthwise_kernel";
  static final String POINTWISE = "pointwise_kernel";
  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MOVING_MEAN = "moving_mean";
  static final String MOVING_VARIANCE = "moving_variance";
  static final String MEAN = "mean";
  static final String VARIANCE = "variance";
  static final String COUNT = "count";
  static final String ALPHA = "alpha";

  private static final Set<String> ALL =
      Set.of(
          KERNEL,
          BIAS,
          DEPTHWISE,
          POINTWISE,
          GAMMA,
          BETA,
          MOVING_MEAN,
          MOVING_VARIANCE,
          MEAN,
          VARIANCE,
          COUNT,
          ALPHA);

  /** Whether an array that the file gives a name can be this; names that nobody knows can. */
  boolean mayBe(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(_\\d+)?(:\\d+)?$", "");
    return !ALL.contains(last) || last.equals(name);
  }

  static List<Variable> none(LayerConfig settings) {
    return List.of();
  }

  static List<Variable> kernelAndBias(LayerConfig settings) {
    return withBias(settings, KERNEL);
  }

  static List<Variable> depthwise(LayerConfig settings) {
    return withBias(settings, DEPTHWISE);
  }

  static List<Variable> separable(LayerConfig settings) {
    return withBias(settings, DEPTHWISE, POINTWISE);
  }

  private static List<Variable> withBias(LayerConfig settings, String... kernels) {
    List<Variable> variables = new ArrayList<>();
    for (String kernel : kernels) {
      variables.add(new Variable(kernel, true));
    }
    if (settings.flag(true, "use_bias", "bias")) {
      variables.add(new Variable(BIAS, true));
    }
    return variables;
  }

  static List<Variable> alpha(LayerConfig settings) {
    return List.of(new Variable(ALPHA, true));
  }

  /** Scale and shift. */
  static List<Variable> affine(LayerConfig settings) {
    List<Variable> variables = new ArrayList<>();
    if (settings.flag(true, "scale")) {
      variables.add(new Variable(GAMMA, true));
    }
    if (settings.flag(true, "center")) {
      variables.add(new Variable(BETA, true));
    }
    return variables;
  }

  static List<Variable> batchNormalisation(LayerConfig settings) {
    List<Variable> variables = affine(settings);
    variables.add(new Variable(MOVING_MEAN, false));
    variables.add(new Variable(MOVING_VARIANCE, false));
    return variables;
  }

  /** None where mean and variance stand among the settings. */
  static List<Variable> normalisation(LayerConfig settings) {
    return settings.has("mean")
        ? List.of()
        : List.of(
            new Variable(MEAN, false), new Variable(VARIANCE, false), new Variable(COUNT, false));
  }
}
