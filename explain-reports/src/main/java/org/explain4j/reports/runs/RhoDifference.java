package org.explain4j.reports.runs;

import java.util.Optional;

/**
 * A row of {@code rho-comparisons.csv}: two estimators of a layer on the same neurons and images.
 *
 * @param layerIndex place among the linear layers, from 0
 * @param difference mean rho of a minus b over the compared neurons
 * @param low lower end of its bootstrap 95 % interval over images
 * @param low90 lower end of its bootstrap 90 % interval, which decides whether it is a tie
 * @param pValue two-sided, from the resamples: the level at which the interval reaches 0
 * @param pHolm adjusted for all pairs of the layer, target and solver (Holm)
 * @param effect matched rank-biserial correlation over the neurons, from -1 to 1, positive where
 *     a's rho is larger
 * @param margin below which a difference does not matter in practice
 * @param better the label of the better one; empty unless the verdict is {@code better}
 * @param groups number of groups of images that were resampled
 */
public record RhoDifference(
    String layer,
    long layerIndex,
    String target,
    String solver,
    String estimatorA,
    String estimatorB,
    long compared,
    double difference,
    double low,
    double high,
    double low90,
    double high90,
    double pValue,
    double pHolm,
    double effect,
    double margin,
    Verdict verdict,
    Optional<String> better,
    long groups) {

  /**
   * The verdict in words: {@code linear better}, {@code tie}, {@code undecided: not enough ...}.
   */
  public String words() {
    String who = better.map(label -> label + " ").orElse("");
    return who + verdict.word() + Verdict.reason(groups).map(why -> ": " + why).orElse("");
  }
}
