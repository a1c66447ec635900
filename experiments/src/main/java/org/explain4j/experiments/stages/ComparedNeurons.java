package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.explain4j.reports.runs.NeuronRho;

/**
 * The neurons of a layer, by solver, target and estimator, and which of them are compared: those
 * that every estimator includes. An estimator that includes none is left out of the comparison, or
 * nothing would be left to compare.
 */
final class ComparedNeurons {
  private final Map<Family, Map<String, List<NeuronRho>>> neurons = new HashMap<>();

  /** What is compared: the estimators of a layer, for one solver and target. */
  record Family(String layer, String solver, String target) {}

  ComparedNeurons(List<NeuronRho> rows) {
    for (NeuronRho row : rows) {
      neurons
          .computeIfAbsent(
              new Family(row.layer(), row.solver(), row.target()), f -> new LinkedHashMap<>())
          .computeIfAbsent(row.estimator(), e -> new ArrayList<>())
          .add(row);
    }
  }

  /** The places of the compared neurons. */
  int[] compared(Family family) {
    List<List<NeuronRho>> counted =
        neurons.getOrDefault(family, Map.of()).values().stream()
            .filter(rows -> rows.stream().anyMatch(NeuronRho::included))
            .toList();
    return counted.isEmpty()
        ? new int[0]
        : IntStream.range(0, counted.get(0).size())
            .filter(i -> counted.stream().allMatch(rows -> rows.get(i).included()))
            .toArray();
  }

  /** All neurons of an estimator; none if it has no rho. */
  List<NeuronRho> of(Family family, String estimator) {
    return neurons.getOrDefault(family, Map.of()).getOrDefault(estimator, List.of());
  }

  /** A number of the compared neurons of an estimator; none if it includes none itself. */
  double[] compared(Family family, String estimator, ToDoubleFunction<NeuronRho> number) {
    List<NeuronRho> rows = of(family, estimator);
    return rows.stream().anyMatch(NeuronRho::included)
        ? IntStream.of(compared(family))
            .mapToDouble(i -> number.applyAsDouble(rows.get(i)))
            .toArray()
        : new double[0];
  }
}
