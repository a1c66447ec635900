package org.explain4j.experiments.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.explain4j.api.Extension;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;

/**
 * What the methods of an experiment say about its network.
 *
 * @param problems of methods that refuse it
 * @param notes on methods that it takes beyond what their papers state
 */
public record Suitability(List<Problem> problems, List<String> notes) {

  static Suitability of(Experiment experiment, Network network) {
    Suitability all = new Suitability(new ArrayList<>(), new ArrayList<>());
    all.add("estimators", experiment.estimators(), method -> method.applicability(network));
    all.add("explainers", experiment.explainers(), method -> method.applicability(network));
    return all;
  }

  private <T extends Extension> void add(
      String key, List<Configured<T>> methods, Function<T, Applicability> of) {
    Map<String, List<String>> defined = new LinkedHashMap<>();
    for (int i = 0; i < methods.size(); i++) {
      // A method that cannot even say so ends its own cell, not the run.
      Applicability applicability =
          answer(methods.get(i).extension(), of).orElse(Applicability.EXACT);
      String label = methods.get(i).label();
      if (applicability.isRefused()) {
        problems.add(
            new Problem(String.format(Locale.ROOT, "%s[%d]", key, i), applicability.reason()));
      } else if (!applicability.isExact()) {
        defined.computeIfAbsent(applicability.reason(), r -> new ArrayList<>()).add(label);
      }
    }
    defined.forEach(
        (reason, labels) ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "The network lies outside the assumptions of the papers of %s: %s.",
                    String.join(", ", labels),
                    reason)));
  }

  /** What a method says; empty if it fails or returns null, as a careless plug-in may. */
  public static <T extends Extension> Optional<Applicability> answer(
      T method, Function<T, Applicability> of) {
    try {
      return Optional.ofNullable(of.apply(method));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      return Optional.empty();
    }
  }
}
