package org.explain4j.experiments.configuration;

import java.util.List;

/**
 * The linear toy of Fig. 2: x = a_s y + a_d e with a_s = (1,0) and a_d of length sqrt(2) at several
 * angles; the same for other means of e, at one angle; x = a_s y + isotropic noise; and in more
 * dimensions, x = a_s y + a_1 e_1 + a_2 e_2 + ... with one distractor less than there are
 * dimensions.
 *
 * @param angles of a_d in degrees, above 0 and below 180; 45 is a_d = (1,1)
 * @param means of e at the verdict's angle; Eq. 7 recovers the signal only for mean 0
 * @param noiseLevels standard deviations of the isotropic noise in place of the distractor
 * @param dimensions numbers of dimensions, each at least 2; there a_s is the first unit vector, the
 *     distractors are random unit vectors, and methods pass or fail; S_a's error grows with them
 *     and falls with the samples: 1 - |cosine| is about 1.5 dimensions / samples
 * @param samples number of samples drawn for each regression
 * @param explained how many of the samples are explained
 * @param deviation standard deviation of e, whose mean is 0 except for {@code means}
 * @param verdictAngle the angle at which methods pass or fail
 * @param threshold least mean |cosine| to pass
 */
public record SignalRecovery(
    List<Double> angles,
    List<Double> means,
    List<Double> noiseLevels,
    List<Integer> dimensions,
    int samples,
    int explained,
    double deviation,
    double verdictAngle,
    double threshold) {

  public SignalRecovery() {
    this(
        List.of(15.0, 30.0, 45.0, 60.0, 75.0, 90.0, 105.0, 120.0, 135.0, 150.0, 165.0),
        List.of(0.0, 0.25, 0.5, 0.75, 1.0),
        List.of(0.1, 0.3, 1.0),
        List.of(),
        50_000,
        200,
        1,
        45,
        0.999);
  }

  public SignalRecovery {
    angles = List.copyOf(angles);
    means = List.copyOf(means);
    noiseLevels = List.copyOf(noiseLevels);
    dimensions = List.copyOf(dimensions);
    Checks.atLeast("samples", samples, 10);
    Checks.atLeast("explained", explained, 1);
    Checks.positive("deviation", deviation);
    noiseLevels.forEach(level -> Checks.positive("noise-levels", level));
    dimensions.forEach(number -> Checks.atLeast("dimensions", number, 2));
    if (explained > samples) {
      throw new IllegalArgumentException(
          "explained (%d) must not exceed samples (%d)".formatted(explained, samples));
    }
    if (angles.stream().anyMatch(a -> !(a > 0 && a < 180))) {
      throw new IllegalArgumentException(
          "angles %s must be above 0 and below 180: a distractor parallel to the signal cannot be told from it"
              .formatted(angles));
    }
    if (means.stream().anyMatch(mean -> !Double.isFinite(mean))) {
      throw new IllegalArgumentException("means %s must be numbers".formatted(means));
    }
    if (dimensions.stream().anyMatch(number -> number >= samples)) {
      throw new IllegalArgumentException(
          "dimensions %s must be fewer than samples (%d)".formatted(dimensions, samples));
    }
    if (!angles.contains(verdictAngle)) {
      throw new IllegalArgumentException(
          "verdict-angle (%s) must be one of the angles %s".formatted(verdictAngle, angles));
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "threshold (%s) must be above 0 and below 1".formatted(threshold));
    }
  }
}
