package org.explain4j.experiments.rankings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.explain4j.api.Group;
import org.explain4j.experiments.statistics.Friedman;
import org.explain4j.experiments.statistics.Kendall;
import org.explain4j.experiments.statistics.Quantiles;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.MetricAgreement;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RankingTest;

/**
 * The methods of one group over all metrics. Friedman's test needs every method's rank by every
 * metric: a metric that some method has no value of is left out of the mean ranks, and named.
 */
public final class Ranking {
  private final Group group;
  private final List<String> methods;
  private final List<Judged> given;
  private final List<Judged> all;
  private final List<Judged> complete;

  /**
   * @param methods of the group; those that no metric has a value of are left out
   * @param given in the order of tables
   */
  public Ranking(Group group, List<String> methods, List<Judged> given) {
    this.group = group;
    this.given = given;
    this.methods =
        methods.stream()
            .filter(method -> given.stream().anyMatch(j -> !Double.isNaN(j.cost(method))))
            .toList();
    this.all = given.stream().filter(j -> j.among(this.methods).size() > 1).toList();
    this.complete =
        all.stream().filter(j -> j.among(this.methods).size() == this.methods.size()).toList();
  }

  /** The rank of every method by every metric that has values of at least two. */
  public List<MetricRank> ranks() {
    List<MetricRank> rows = new ArrayList<>();
    for (Judged judged : all) {
      List<String> compared = judged.among(methods);
      double[] ranks = ranks(judged, compared);
      for (int i = 0; i < ranks.length; i++) {
        rows.add(
            new MetricRank(
                judged.setting(),
                judged.metric(),
                judged.family(),
                judged.score(),
                group,
                compared.get(i),
                ranks[i],
                ranks.length));
      }
    }
    return rows;
  }

  private static double[] ranks(Judged judged, List<String> methods) {
    double[] costs = methods.stream().mapToDouble(judged::cost).toArray();
    return Friedman.of(new double[][] {costs}).ranks()[0];
  }

  /** Whether there is something to rank. */
  public boolean isPossible() {
    return methods.size() > 1 && complete.size() >= RankingTest.FEWEST_METRICS;
  }

  private Friedman friedman() {
    return Friedman.of(
        complete.stream()
            .map(judged -> methods.stream().mapToDouble(judged::cost).toArray())
            .toArray(double[][]::new));
  }

  /** Friedman's test and Nemenyi's critical difference; only if it {@link #isPossible}. */
  public RankingTest test() {
    Friedman friedman = friedman();
    Set<String> left = new LinkedHashSet<>();
    given.stream().filter(judged -> !complete.contains(judged)).forEach(j -> left.add(j.metric()));
    return new RankingTest(
        group,
        methods.size(),
        complete.size(),
        complete.stream().map(Judged::setting).distinct().count(),
        friedman.statistic(),
        friedman.pValue(),
        friedman.criticalDifference(RankingTest.LEVEL),
        String.join(", ", left));
  }

  /**
   * Every method's mean rank, the best first; only if it {@link #isPossible}.
   *
   * @param resamples of the images, for the intervals
   * @param seed at least 1
   */
  public List<MeanRank> means(int resamples, long seed) {
    Friedman friedman = friedman();
    double[] means = friedman.meanRanks();
    double best = Arrays.stream(means).min().orElseThrow();
    double reach = friedman.criticalDifference(RankingTest.LEVEL);
    boolean differ = friedman.pValue() < RankingTest.LEVEL;
    double[][] resampled = resampled(resamples, seed);
    List<MeanRank> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      rows.add(
          new MeanRank(
              group,
              methods.get(i),
              means[i],
              Quantiles.of(resampled[i], .025),
              Quantiles.of(resampled[i], .975),
              complete.size(),
              !differ || means[i] - best <= reach));
    }
    rows.sort((a, b) -> Double.compare(a.meanRank(), b.meanRank()));
    return rows;
  }

  /** Mean ranks, {@code [method][resample]}: within a metric all methods see the same images. */
  private double[][] resampled(int resamples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] means = new double[methods.size()][resamples];
    for (int resample = 0; resample < resamples; resample++) {
      for (Judged judged : complete) {
        int[] times = new int[judged.images()];
        for (int i = 0; i < times.length; i++) {
          times[random.nextInt(times.length)]++;
        }
        double[] costs = methods.stream().mapToDouble(m -> judged.cost(m, times)).toArray();
        double[] ranks =
            Arrays.stream(costs).anyMatch(Double::isNaN) // no image with a value was drawn
                ? ranks(judged, methods)
                : Friedman.of(new double[][] {costs}).ranks()[0];
        for (int i = 0; i < ranks.length; i++) {
          means[i][resample] += ranks[i];
        }
      }
      for (double[] mean : means) {
        mean[resample] /= complete.size();
      }
    }
    return means;
  }

  /** How alike each two metrics order the methods that both have values of. */
  public List<MetricAgreement> agreement() {
    Map<List<String>, List<Double>> taus = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Judged a = all.get(i);
        Judged b = all.get(j);
        if (a.setting().equals(b.setting())) {
          List<String> both = b.among(a.among(methods));
          double tau =
              Kendall.tau(
                  both.stream().mapToDouble(a::cost).toArray(),
                  both.stream().mapToDouble(b::cost).toArray());
          taus.computeIfAbsent(List.of(a.metric(), b.metric()), pair -> new ArrayList<>()).add(tau);
        }
      }
    }
    List<MetricAgreement> rows = new ArrayList<>();
    taus.forEach(
        (pair, values) ->
            rows.add(
                new MetricAgreement(
                    group,
                    pair.get(0),
                    pair.get(1),
                    values.stream()
                        .mapToDouble(tau -> tau)
                        .filter(tau -> !Double.isNaN(tau))
                        .average()
                        .orElse(Double.NaN))));
    return rows;
  }
}
