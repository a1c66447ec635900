package org.explain4j.experiments.claims;

import java.util.List;
import java.util.function.BiFunction;
import org.explain4j.experiments.configuration.Comparisons;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.Score;

/**
 * What claims are decided from: the tables of a run.
 *
 * @param rho of one solver
 * @param pairs of the same
 * @param values a score of a method, image by image
 */
record Evidence(
    List<LayerRho> rho,
    List<RhoDifference> pairs,
    List<RecoveredSignal> toy,
    List<Score> scores,
    BiFunction<Score, String, double[]> values,
    Comparisons comparisons,
    Bootstrap bootstrap) {

  /** The layers whose rho is measured, from the input on. */
  List<String> layers() {
    return rho.stream()
        .sorted((a, b) -> Long.compare(a.task().layerIndex(), b.task().layerIndex()))
        .map(row -> row.task().layer())
        .distinct()
        .toList();
  }

  /** The targets of rho. */
  List<String> targets() {
    return rho.stream().map(row -> row.task().target()).distinct().toList();
  }
}
