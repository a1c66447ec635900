package org.explain4j.metrics.randomisation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.network.Classifier;
import org.explain4j.network.Node;

/**
 * Efficient model parameter randomisation test (Hedstroem et al. 2024, arXiv 2401.06465): how much
 * the entropy of a map's histogram rises, relative to itself, when all layers get random weights.
 * Higher is better. The bins divide a map's own range of values. Missing for a constant map.
 *
 * @param bins of the histogram
 * @param patterns whether a method with patterns keeps those of the unchanged network, or estimates
 *     them anew for the random one
 * @param seed of the random weights, at least 1
 */
public record EfficientMprt(int bins, PatternUse patterns, long seed) implements Metric {
  public EfficientMprt() {
    this(100, PatternUse.KEPT, 1);
  }

  public EfficientMprt {
    Extension.requireCount("bins", bins);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "efficient-mprt";
  }

  @Override
  public String summary() {
    return "How much more complex the explanation of a random network is (Hedstroem et al. 2024)";
  }

  @Override
  public String family() {
    return "randomisation";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, 1);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    return result(new Randomised(evaluation, Randomised.uniform(seed), patterns));
  }

  Result result(Randomised randomised) {
    Evaluation evaluation = randomised.evaluation();
    Set<String> all =
        new TreeSet<>(evaluation.network().linearNodes().stream().map(Node::name).toList());
    double[][] before = randomised.pixels(evaluation.attributions());
    double[][] after = randomised.maps(all, evaluation.inputs());
    double[] rises = new double[before.length];
    Arrays.setAll(rises, i -> rise(entropy(before[i]), entropy(after[i])));
    return new Result(
        List.of(new Score("entropy-rise", Direction.HIGHER_IS_BETTER, rises)), List.of());
  }

  private static double rise(double before, double after) {
    return before == 0 ? Double.NaN : (after - before) / before;
  }

  /** Of the histogram over the map's own range, in nats; 0 for a constant map. */
  double entropy(double... map) {
    double low = Arrays.stream(map).min().orElse(0);
    double high = Arrays.stream(map).max().orElse(0);
    if (low == high) {
      return 0;
    }
    int[] counts = new int[bins];
    for (double value : map) {
      counts[bin(value, low, high)]++;
    }
    return Arrays.stream(counts)
        .filter(count -> count > 0)
        .mapToDouble(count -> (double) count / map.length)
        .map(share -> -share * Math.log(share))
        .sum();
  }

  /** As numpy: the edges decide, and the largest value belongs to the last bin. */
  private int bin(double value, double low, double high) {
    int bin = (int) Math.min(bins - 1.0, Math.floor((value - low) * bins / (high - low)));
    double width = (high - low) / bins;
    if (value < low + bin * width) {
      return bin - 1;
    }
    return bin < bins - 1 && value >= low + (bin + 1) * width ? bin + 1 : bin;
  }
}
