package org.explain4j.experiments.stages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.MetricBudget;
import org.explain4j.experiments.setup.Setup;

/** What the metrics of an experiment cost, as they and the methods declare it. */
record MetricCosts(Setup setup) {

  /** One line for each metric, for people. */
  String text() {
    if (setup.experiment().explainers().isEmpty() || setup.experiment().metrics().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("metrics, for an image and method, and in all:\n");
    setup.experiment().metrics().forEach(metric -> text.append(line(metric)));
    return text.append(leftOut()).toString();
  }

  private String line(Configured<Metric> metric) {
    Metric.Cost cost = of(metric.extension());
    String label = metric.label();
    if (!isAllowed(metric.extension())) {
      return String.format(Locale.ROOT, "  %s: not run, for its cost: %s\n", label, words(cost, 1));
    }
    List<Configured<Explainer>> allowed =
        explainers().stream().filter(e -> isAllowed(metric.extension(), e)).toList();
    long images = metric.images(setup.experiment().explain().images());
    double passes = allowed.stream().mapToDouble(this::passes).sum();
    String all =
        words(cost, images * allowed.size())
            + count(cost.explanations() * images * passes, "pass", "passes")
                .map(text -> " (" + text + ")")
                .orElse("");
    String only =
        metric.images().map(n -> String.format(Locale.ROOT, ", %,d images", n)).orElse("");
    return String.format(Locale.ROOT, "  %s: %s%s; %s\n", label, words(cost, 1), only, all);
  }

  /** The methods that are left out by every metric that explains again; empty if there are none. */
  private String leftOut() {
    String methods =
        explainers().stream()
            .filter(explainer -> !isCheap(explainer))
            .map(
                explainer ->
                    String.format(Locale.ROOT, "%s (%,.0f)", explainer.label(), passes(explainer)))
            .collect(Collectors.joining(", "));
    boolean explains =
        setup.experiment().metaEvaluation().isPresent()
            || setup.experiment().metrics().stream()
                .anyMatch(metric -> of(metric.extension()).explanations() > 0);
    return methods.isEmpty() || !explains
        ? ""
        : String.format(
            Locale.ROOT,
            "  what explains again is not run, for its cost, for methods of more than %,d passes an"
                + " explanation: %s\n",
            budget().explainerPasses().orElse(Integer.MAX_VALUE),
            methods);
  }

  private List<Configured<Explainer>> explainers() {
    return setup.experiment().explainers();
  }

  private MetricBudget budget() {
    return setup.experiment().budget();
  }

  private Metric.Cost of(Metric metric) {
    return metric.cost(setup.network());
  }

  /** Whether the experiment's budget allows a metric. */
  boolean isAllowed(Metric metric) {
    return budget().allows(of(metric));
  }

  /** Whether the experiment's budget allows a metric for a method. */
  boolean isAllowed(Metric metric, Configured<Explainer> explainer) {
    return budget().allows(of(metric), passes(explainer));
  }

  /** Whether the experiment's budget allows to explain again by a method. */
  boolean isCheap(Configured<Explainer> explainer) {
    return budget().allows(new Metric.Cost(0, 1), passes(explainer));
  }

  /** Passes for an explanation; 0 if the method refuses the network, which is told elsewhere. */
  private double passes(Configured<Explainer> explainer) {
    try {
      return explainer.extension().passes(setup.network());
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /** Why a metric is not run. */
  String refusal(Metric metric) {
    return String.format(
        Locale.ROOT,
        "cost: it needs %s for each image and method, and 'budget' allows less",
        words(of(metric), 1));
  }

  /** Why a metric is not run for a method. */
  String refusal(Configured<Explainer> explainer) {
    return String.format(
        Locale.ROOT,
        "cost: an explanation needs %s, and 'budget' allows %,d",
        words(passes(explainer)),
        budget().explainerPasses().orElse(Integer.MAX_VALUE));
  }

  private static String words(double passes) {
    return count(passes, "pass", "passes").orElse("no pass");
  }

  private static String words(Metric.Cost cost, long times) {
    String passes =
        Stream.of(
                count(cost.forwards() * times, "forward pass", "forward passes"),
                count(cost.explanations() * times, "explanation", "explanations"))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    return passes.isEmpty() ? "no pass" : passes;
  }

  private static Optional<String> count(double number, String one, String many) {
    return number == 0
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%,.0f %s", number, number == 1 ? one : many));
  }
}
