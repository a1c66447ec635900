package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.ImageSums;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.stages.ComparedNeurons.Family;
import org.explain4j.experiments.statistics.Bca;
import org.explain4j.experiments.statistics.Interval;
import org.explain4j.experiments.statistics.Judgement;
import org.explain4j.experiments.statistics.Paired;
import org.explain4j.network.arrays.Workers;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunTable;

/**
 * The estimators of a layer for one solver and target on the same resamples of images: intervals of
 * their means over the compared neurons, and every pair of them, which are one family of questions.
 */
record RhoFamily(Run run, Family family, ComparedNeurons neurons) {
  private static final double LEVEL = 0.95;

  /**
   * @param sums by estimator
   */
  void write(Cell cell, Map<String, ImageSums> sums) {
    int[] compared = neurons.compared(family);
    int groups = sums.values().iterator().next().groups();
    if (compared.length == 0 || groups < 2) {
      return;
    }
    List<String> included =
        sums.keySet().stream()
            .filter(of -> neurons.of(family, of).stream().anyMatch(NeuronRho::included))
            .toList();
    Bca[] resampled = new Bca[included.size()];
    Workers.forEach(
        resampled.length, i -> resampled[i] = resampled(sums.get(included.get(i)), compared));
    Map<String, Bca> means = new LinkedHashMap<>();
    IntStream.range(0, resampled.length).forEach(i -> means.put(included.get(i), resampled[i]));
    means.forEach(
        (estimator, bca) ->
            bca.interval(LEVEL).ifPresent(interval -> interval(cell, estimator, interval)));
    pairs(cell, means, compared.length);
  }

  private void interval(Cell cell, String estimator, Interval interval) {
    String prefix = RhoTask.name(family.layer(), family.solver(), estimator, family.target()) + " ";
    cell.number(prefix + RhoImages.LOW, interval.low());
    cell.number(prefix + RhoImages.HIGH, interval.high());
  }

  private Bca resampled(ImageSums sums, int[] compared) {
    int resamples = run.experiment().comparisons().resamples();
    return new Bca(
        mean(sums.rho(), compared),
        means(sums.resampled(resamples, run.experiment().seed()), compared),
        means(sums.jackknife(), compared));
  }

  /** The mean over some neurons whose rho is defined. */
  private static double mean(double[] rho, int[] neurons) {
    return Arrays.stream(neurons)
        .mapToDouble(j -> rho[j])
        .filter(r -> !Double.isNaN(r))
        .average()
        .orElse(Double.NaN);
  }

  private static double[] means(double[][] rho, int[] compared) {
    return Arrays.stream(rho).mapToDouble(r -> mean(r, compared)).toArray();
  }

  private void pairs(Cell cell, Map<String, Bca> means, int compared) {
    List<String> names = List.copyOf(means.keySet());
    List<String[]> pairs = new ArrayList<>();
    List<Paired> paired = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        pairs.add(new String[] {names.get(i), names.get(j)});
        paired.add(Paired.ofResamples(minus(means.get(names.get(i)), means.get(names.get(j))), 0));
      }
    }
    double margin = run.experiment().comparisons().rhoMargin();
    List<Judgement> judged = Judgement.family(paired, paired.stream().map(pair -> margin).toList());
    for (int i = 0; i < judged.size(); i++) {
      cell.row(RunTable.RHO_COMPARISONS, row(pairs.get(i), judged.get(i), compared));
    }
  }

  private static Bca minus(Bca a, Bca b) {
    return new Bca(
        a.estimate() - b.estimate(),
        minus(a.resamples(), b.resamples()),
        minus(a.jackknife(), b.jackknife()));
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private RhoDifference row(String[] pair, Judgement judgement, int compared) {
    Paired paired = judgement.paired();
    double[] ofNeurons =
        minus(
            neurons.compared(family, pair[0], NeuronRho::rho),
            neurons.compared(family, pair[1], NeuronRho::rho));
    Optional<String> better = judgement.better(false).map(first -> first ? pair[0] : pair[1]);
    return new RhoDifference(
        family.layer(),
        layerIndex(),
        family.target(),
        family.solver(),
        pair[0],
        pair[1],
        compared,
        judgement.test(Paired.effect(ofNeurons)),
        judgement.verdict(),
        better,
        paired.difference().n());
  }

  private long layerIndex() {
    return run.network().linearNodes().indexOf(run.network().node(family.layer()));
  }
}
