package org.explain4j.experiments.stages;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.setup.Setup;

/** What the metrics of an experiment cost, as they declare it. */
record MetricCosts(Setup setup) {

  /** One line for each metric, for people. */
  String text() {
    long methods = setup.experiment().explainers().size();
    if (methods == 0 || setup.experiment().metrics().isEmpty()) {
      return "";
    }
    long each = methods * setup.experiment().explain().images();
    StringBuilder text = new StringBuilder("metrics, for an image and method, and in all:\n");
    setup.experiment().metrics().forEach(metric -> text.append(line(metric, each)));
    return text.toString();
  }

  private String line(Configured<Metric> metric, long each) {
    Metric.Cost cost = of(metric.extension());
    String passes =
        isAllowed(metric.extension())
            ? words(cost, 1) + "; " + words(cost, each)
            : "not run, for its cost: " + words(cost, 1);
    return String.format(Locale.ROOT, "  %s: %s\n", metric.label(), passes);
  }

  private Metric.Cost of(Metric metric) {
    return metric.cost(setup.network());
  }

  /** Whether the experiment's budget allows a metric. */
  boolean isAllowed(Metric metric) {
    return setup.experiment().budget().allows(of(metric));
  }

  /** Why a metric is not run. */
  String refusal(Metric metric) {
    return String.format(
        Locale.ROOT,
        "cost: it needs %s for each image and method, and 'budget' allows less",
        words(of(metric), 1));
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
