package org.explain4j.experiments.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.api.Explainer;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.network.Dense;
import org.explain4j.network.Network;

/**
 * Which estimators and methods of an experiment the claims speak of, by label.
 *
 * @param estimators the id of each estimator
 * @param maps the id of the estimator whose heat map a method is (Fig. 4b)
 * @param explainers the id of each method
 * @param patterns the id of the estimator that a method takes its patterns from
 * @param solver that rho is taken from; empty if none is measured
 * @param dense the dense layers, without the logits
 */
record Roles(
    Map<String, String> estimators,
    Map<String, String> maps,
    Map<String, String> explainers,
    Map<String, String> patterns,
    String solver,
    List<String> dense) {
  static final String RANDOM = "random";
  static final String FILTER = "filter";
  static final String LINEAR = "linear";
  static final String TWO_COMPONENT = "two-component";
  static final List<String> LEARNED = List.of(LINEAR, TWO_COMPONENT);
  private static final String EXACT = "closed-form";

  static Roles of(Experiment experiment, Optional<Network> network) {
    Map<String, String> estimators = new LinkedHashMap<>();
    experiment.estimators().forEach(e -> estimators.put(e.label(), e.extension().id()));
    Map<String, String> maps = new LinkedHashMap<>();
    experiment
        .report()
        .estimatorMaps()
        .forEach((estimator, map) -> maps.put(map, estimators.get(estimator)));
    Map<String, String> explainers = new LinkedHashMap<>();
    Map<String, String> patterns = new LinkedHashMap<>();
    for (Configured<Explainer> explainer : experiment.explainers()) {
      explainers.put(explainer.label(), explainer.extension().id());
      Settings.part(explainer.extension(), SignalEstimator.class)
          .ifPresent(estimator -> patterns.put(explainer.label(), estimator.id()));
    }
    return new Roles(
        estimators,
        maps,
        explainers,
        patterns,
        solver(experiment),
        network.map(Roles::dense).orElse(List.of()));
  }

  private static String solver(Experiment experiment) {
    List<String> solvers =
        experiment.signalQuality().stream()
            .flatMap(settings -> settings.solvers().stream())
            .sorted((a, b) -> Boolean.compare(isExact(b), isExact(a)))
            .map(Configured::label)
            .toList();
    return solvers.isEmpty() ? "" : solvers.get(0);
  }

  private static boolean isExact(Configured<?> solver) {
    return solver.extension().id().equals(EXACT);
  }

  private static List<String> dense(Network network) {
    return network.linearNodes().stream()
        .filter(node -> node.layer() instanceof Dense && !network.isLogits(node))
        .map(node -> node.name())
        .toList();
  }

  /** Estimators of an id, in their order. */
  List<String> estimators(String id) {
    return labels(estimators, id);
  }

  /** Methods of an id. */
  List<String> explainers(String id) {
    return labels(explainers, id);
  }

  /** Whether a method shows what an estimator learned from data. */
  boolean isLearned(String explainer) {
    return LEARNED.contains(patterns.getOrDefault(explainer, ""));
  }

  static List<String> labels(Map<String, String> ids, String id) {
    return ids.entrySet().stream()
        .filter(entry -> id.equals(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }
}
