package org.explain4j.experiments.stages;

import java.util.Locale;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.setup.Setup;

/** What the metrics of an experiment cost, as they declare it. */
record MetricCosts(Setup setup) {

  /** One line for each metric, for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    long methods = setup.experiment().explainers().size();
    long images = setup.experiment().explain().images();
    if (methods > 0) {
      setup.experiment().metrics().forEach(metric -> text.append(line(metric, methods * images)));
    }
    return text.toString();
  }

  private String line(Configured<Metric> metric, long each) {
    Metric.Cost cost = of(metric.extension());
    return isAllowed(metric.extension())
        ? String.format(
            Locale.ROOT, "  %s: %s, in all %s\n", metric.label(), words(cost, 1), words(cost, each))
        : String.format(
            Locale.ROOT, "  %s: not run, for its cost: %s\n", metric.label(), words(cost, 1));
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
    double forwards = cost.forwards() * times;
    double explanations = cost.explanations() * times;
    String passes = String.format(Locale.ROOT, "%,.0f forward passes", forwards);
    return explanations == 0
        ? passes
        : String.format(Locale.ROOT, "%s and %,.0f explanations", passes, explanations);
  }
}
