package org.explain4j.reports.runs;

import java.util.Optional;

/**
 * A row of {@code rho-comparisons.csv}: two estimators of a layer on the same neurons and images.
 *
 * @param layerIndex place among the linear layers, from 0
 * @param test of mean rho over the compared neurons; intervals and p are from resampled images, the
 *     effect is over the neurons, the family is the layer, target and solver
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
    PairedTest test,
    Verdict verdict,
    Optional<String> better,
    long groups) {

  /**
   * The verdict in words: {@code linear better}, {@code tie}, {@code undecided: not enough ...}.
   */
  public String words() {
    return verdict.words(better, groups);
  }
}
