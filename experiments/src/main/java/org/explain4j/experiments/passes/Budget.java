package org.explain4j.experiments.passes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Memory;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;

/** Which layers share a pass over the data, so that an experiment stays within its memory. */
public record Budget(Setup setup) {

  /**
   * The most that temporaries of the closed form take: it handles the neurons in blocks of 64 MiB.
   */
  private static final long TEMPORARIES = 640L << 20;

  /** The most that simultaneous searches which draw samples take ... */
  private static final long SEARCHES = 2L << 30;

  /** ... and the most that a copy of Sigma in float32 does, which narrow layers get. */
  private static final long COPY = 16L << 20;

  long bytes() {
    return setup.experiment().memoryBudget().bytes();
  }

  /**
   * The bytes that a pass takes besides the moments: the network, all activations of a batch, and
   * temporaries.
   */
  long working(SplitMoments wanted) {
    long width = setup.network().dataType().width();
    long batch = Math.min(setup.experiment().batch(), wanted.part().size());
    long outputs =
        setup.network().nodes().stream().mapToLong(n -> SplitMoments.elements(setup, n)).sum();
    long inputs = setup.network().inputShape().stream().reduce(1L, (a, b) -> a * b);
    long temporary =
        wanted.nodes().stream().mapToLong(n -> wanted.cost(n).temporary()).max().orElse(0);
    return weights() + batch * (outputs + 2 * inputs) * width + temporary;
  }

  private long weights() {
    return setup.network().parameters() * setup.network().dataType().width();
  }

  /** Consecutive layers whose moments fit beside {@link #working}. */
  List<List<Node>> groups(SplitMoments wanted, List<Node> nodes) {
    return groups(nodes, bytes() - working(wanted), node -> wanted.cost(node).bytes());
  }

  /** Consecutive layers whose samples of a split fit beside what rho of the widest layer takes. */
  public List<List<Node>> sampleGroups(SplitMoments wanted) {
    long widest =
        wanted.nodes().stream().mapToLong(node -> rhoOfSamples(wanted, node)).max().orElse(0);
    return groups(wanted.nodes(), bytes() - widest, node -> sampleBytes(wanted, node));
  }

  /**
   * Regressions whose sums per image fit beside {@link #working}, in their order.
   *
   * @param regressions of layers, in any number
   * @param layer of each
   */
  public <T> List<List<T>> imageGroups(
      SplitMoments wanted, List<T> regressions, Function<T, Node> layer) {
    return groups(
        regressions, bytes() - working(wanted), each -> imageSums(wanted, layer.apply(each)));
  }

  /** v, the sums of all groups, and {@code v'x} of a batch. */
  private long imageSums(SplitMoments wanted, Node node) {
    LinearLayer layer = (LinearLayer) node.layer();
    long groups = setup.experiment().signalQuality().orElseThrow().imageGroups();
    long batch = Math.min(setup.experiment().batch(), wanted.part().size());
    long samples = batch * wanted.samples(node) / wanted.part().size();
    return 4 * layer.neurons() * (layer.fanIn() + samples) + 48 * layer.neurons() * groups;
  }

  static long sampleBytes(SplitMoments wanted, Node node) {
    return 4 * ((LinearLayer) node.layer()).sampleSize() * wanted.samples(node);
  }

  /** rho and what a layer's neurons make of all samples. */
  private long rhoOfSamples(SplitMoments wanted, Node node) {
    return rho(node) + 4 * ((LinearLayer) node.layer()).neurons() * wanted.samples(node);
  }

  private static <T> List<List<T>> groups(List<T> items, long room, ToLongFunction<T> bytes) {
    List<List<T>> groups = new ArrayList<>();
    long used = 0;
    for (T item : items) {
      long needed = bytes.applyAsLong(item);
      if (groups.isEmpty() || used + needed > room) {
        groups.add(new ArrayList<>());
        used = 0;
      }
      groups.get(groups.size() - 1).add(item);
      used += needed;
    }
    return groups;
  }

  /**
   * The bytes that rho of a layer takes: the network; Sigma of B, factorised, and of C; the other
   * sums of C, read when those of B are solved and given up; the weights and what is solved;
   * patterns; v of both targets, to be kept; and temporaries, or the sums of B, the patterns and v
   * of all estimators and the searches of a solver that draws samples.
   */
  long rho(Node node) {
    LinearLayer layer = (LinearLayer) node.layer();
    long products = 8 * layer.neurons() * layer.fanIn();
    return weights()
        + 16L * layer.groups() * layer.fanIn() * layer.fanIn()
        + (9 + (keepsRegressions() ? 1 : 0)) * products
        + Math.max(
            Math.min(TEMPORARIES, 10 * products), drawsSamples() ? together(layer, products) : 0);
  }

  private long together(LinearLayer layer, long products) {
    long estimators = setup.experiment().estimators().size();
    return products
        + (keepsRegressions() ? 3 : 2) * products * estimators
        + Math.min(SEARCHES, 8 * products * estimators)
        + Math.min(COPY, 4 * layer.fanIn() * layer.fanIn());
  }

  private boolean keepsRegressions() {
    return setup.experiment().signalQuality().stream().anyMatch(s -> s.imageGroups() > 0);
  }

  /** Whether a solver asks for samples in memory. */
  public boolean drawsSamples() {
    return setup.experiment().signalQuality().stream()
        .flatMap(settings -> settings.solvers().stream())
        .map(Configured::extension)
        .anyMatch(SignalQuality::drawsSamples);
  }

  /** Whether the moments and rho of a layer fit, alone. */
  public boolean fits(SplitMoments wanted, Node node) {
    return wanted.cost(node).bytes() + working(wanted) <= bytes()
        && (!wanted.covariance() || rho(node) <= bytes());
  }

  /**
   * Refuses a setting of more memory than the process can get, and layers that do not fit even
   * alone.
   *
   * @throws ConfigurationException naming each layer, its bytes, and what to do
   */
  void check(List<SplitMoments> needed) {
    Memory limit = Memory.limit();
    if (bytes() > limit.bytes()) {
      Memory wish = setup.experiment().memoryBudget();
      throw new ConfigurationException(
          "memory",
          ("%s is more than the %s that arrays can get in this process.\n"
                  + "Maybe set EXPLAIN4J_OFFHEAP=%s, or 'memory' to at most %s.")
              .formatted(wish, limit, wish, limit));
    }
    List<Problem> problems = new ArrayList<>();
    for (SplitMoments wanted : needed) {
      for (Node node : wanted.nodes()) {
        long least = wanted.cost(node).bytes() + working(wanted);
        check(problems, wanted, node, "its moments and a batch take", least);
        if (wanted.covariance()) {
          check(problems, wanted, node, "its rho takes", rho(node));
        }
        if (wanted.split().equals("B") && drawsSamples()) {
          long samples = rhoOfSamples(wanted, node) + sampleBytes(wanted, node);
          check(problems, wanted, node, "its rho with all samples in memory takes", samples);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Bytes in a form for people. */
  static String size(long bytes) {
    return bytes < 1L << 30
        ? "%.1f MiB".formatted(bytes / 1024.0 / 1024)
        : "%.2f GiB".formatted(bytes / 1024.0 / 1024 / 1024);
  }

  private void check(
      List<Problem> problems, SplitMoments wanted, Node node, String what, long bytes) {
    boolean told =
        problems.stream().anyMatch(p -> p.message().startsWith("layer '" + node.name() + "'"));
    if (bytes > bytes() && !told) {
      problems.add(new Problem("configuration", "memory", message(wanted, node, what, bytes)));
    }
  }

  private String message(SplitMoments wanted, Node node, String what, long bytes) {
    LinearLayer layer = (LinearLayer) node.layer();
    String sizes = "d = %,d, k = %,d".formatted(layer.fanIn(), layer.neurons());
    List<String> advice = new ArrayList<>();
    advice.add("set 'memory' to " + new Memory((bytes >> 20) + 1));
    if (wanted.covariance()) {
      advice.add("leave it out of rho (signal-quality.layers: [-%s])".formatted(node.name()));
      advice.add("lower signal-quality.patches-per-image");
    } else {
      advice.add("lower splits.patches-per-image");
    }
    advice.add("lower 'batch' (%d)".formatted(setup.experiment().batch()));
    return "layer '%s' (%s): on split %s %s %s, more than %s.\nMaybe %s."
        .formatted(
            node.name(),
            sizes,
            wanted.split(),
            what,
            size(bytes),
            setup.experiment().memoryBudget(),
            String.join(", or ", advice));
  }
}
