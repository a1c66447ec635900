package org.explain4j.experiments.passes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerCost;

/**
 * The passes over the data that an experiment will make.
 *
 * @param speed the speed that times are estimated from; null if there is nothing to do
 */
public record Plan(Setup setup, List<Pass> passes, Speed speed) {

  /** What a pass collects. */
  enum Kind {
    PATTERNS("pattern sums"),
    COVARIANCE("with Sigma"),
    SAMPLES("samples");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * One pass.
   *
   * @param bytes of what is collected
   * @param working bytes needed besides that
   * @param seconds estimated
   */
  record Pass(
      String split,
      Kind kind,
      int images,
      List<Node> layers,
      long bytes,
      long working,
      long stored,
      double seconds) {}

  /**
   * Plans what is missing.
   *
   * @param missing whether a layer's moments are still to be collected
   * @throws ConfigurationException if a layer does not fit into memory
   */
  public static Plan of(Setup setup, BiPredicate<SplitMoments, Node> missing) {
    List<SplitMoments> needed = SplitMoments.of(setup);
    Budget budget = new Budget(setup);
    budget.check(needed);
    boolean idle =
        needed.stream().noneMatch(w -> w.nodes().stream().anyMatch(n -> missing.test(w, n)));
    Speed speed = idle ? null : Speed.measure(setup);
    List<Pass> passes = new ArrayList<>();
    for (SplitMoments wanted : needed) {
      List<Node> nodes = wanted.nodes().stream().filter(n -> missing.test(wanted, n)).toList();
      for (List<Node> group : budget.groups(wanted, nodes)) {
        passes.add(moments(budget, wanted, group, speed));
      }
      if (wanted.split().equals("B") && budget.drawsSamples() && !nodes.isEmpty()) {
        for (List<Node> group : budget.sampleGroups(wanted)) {
          passes.add(samples(budget, wanted, group, speed));
        }
      }
    }
    return new Plan(setup, passes, speed);
  }

  private static Pass moments(Budget budget, SplitMoments wanted, List<Node> group, Speed speed) {
    List<LayerCost> costs = group.stream().map(wanted::cost).toList();
    double flops = costs.stream().mapToDouble(LayerCost::singleFlops).sum();
    double doubleFlops = costs.stream().mapToDouble(LayerCost::doubleFlops).sum();
    return new Pass(
        wanted.split(),
        wanted.covariance() ? Kind.COVARIANCE : Kind.PATTERNS,
        wanted.part().size(),
        group,
        costs.stream().mapToLong(LayerCost::bytes).sum(),
        budget.working(wanted),
        costs.stream().mapToLong(LayerCost::stored).sum(),
        wanted.part().size() * speed.seconds(flops, doubleFlops));
  }

  private static Pass samples(Budget budget, SplitMoments wanted, List<Node> group, Speed speed) {
    return new Pass(
        wanted.split(),
        Kind.SAMPLES,
        wanted.part().size(),
        group,
        group.stream().mapToLong(node -> Budget.sampleBytes(wanted, node)).sum(),
        group.stream().mapToLong(budget::rho).max().orElseThrow(),
        0,
        wanted.part().size() * speed.seconds(0, 0));
  }

  /** The plan as text for people. */
  public String text() {
    if (passes.isEmpty()) {
      return "plan: no pass over the data is left to do\n";
    }
    StringBuilder text = new StringBuilder();
    double seconds = passes.stream().mapToDouble(Pass::seconds).sum();
    text.append(
        "plan: %d pass%s over the data within %s, about %s\n"
            .formatted(
                passes.size(),
                passes.size() == 1 ? "" : "es",
                setup.experiment().memoryBudget(),
                time(seconds)));
    for (int i = 0; i < passes.size(); i++) {
      Pass pass = passes.get(i);
      text.append(
          "  %d. split %s, %,d images, %s of %s: %s + %s for the %s, about %s\n"
              .formatted(
                  i + 1,
                  pass.split(),
                  pass.images(),
                  pass.kind().text,
                  layers(pass.layers()),
                  Budget.size(pass.bytes()),
                  Budget.size(pass.working()),
                  pass.kind() == Kind.SAMPLES ? "widest layer's rho" : "network and a batch",
                  time(pass.seconds())));
    }
    rho(text);
    regressions(text);
    text.append(
        "  moments on disk: %s; a checkpoint every %s takes as much again as its pass\n"
            .formatted(
                Budget.size(passes.stream().mapToLong(Pass::stored).sum()),
                setup.experiment().checkpoint()));
    text.append("  times from ").append(speed.text()).append('\n');
    return text.toString();
  }

  private void rho(StringBuilder text) {
    passes.stream()
        .filter(pass -> pass.kind() == Kind.COVARIANCE)
        .flatMap(pass -> pass.layers().stream())
        .max(Comparator.comparingLong(new Budget(setup)::rho))
        .ifPresent(
            node ->
                text.append(
                    "  rho, layer by layer after that: at most %s, for layer %s (d = %,d)\n"
                        .formatted(
                            Budget.size(new Budget(setup).rho(node)),
                            node.name(),
                            ((LinearLayer) node.layer()).fanIn())));
  }

  /** Intervals over images need v of every rho, float32. */
  private void regressions(StringBuilder text) {
    List<Node> layers =
        passes.stream()
            .filter(pass -> pass.split().equals("B") && pass.kind() == Kind.COVARIANCE)
            .flatMap(pass -> pass.layers().stream())
            .toList();
    if (layers.isEmpty()) {
      return;
    }
    SignalQualitySettings settings = setup.experiment().signalQuality().orElseThrow();
    long rho =
        (long) setup.experiment().estimators().size()
            * settings.targets().size()
            * settings.solvers().size();
    long weights =
        layers.stream().mapToLong(node -> ((LinearLayer) node.layer()).weights().length()).sum();
    if (settings.imageGroups() > 0) {
      text.append(
          "  v of each rho on disk, in regressions/: at most %s\n"
              .formatted(Budget.size(rho * weights * Float.BYTES)));
    }
  }

  private static String layers(List<Node> nodes) {
    String first = nodes.get(0).name();
    return nodes.size() == 1
        ? first
        : "%d layers (%s to %s)".formatted(nodes.size(), first, nodes.get(nodes.size() - 1).name());
  }

  private static String time(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    return seconds < 5400
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
