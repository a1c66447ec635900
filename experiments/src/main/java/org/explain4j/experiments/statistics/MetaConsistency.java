package org.explain4j.experiments.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.ranking.NaturalRanking;

/**
 * How far a metric can be believed (Hedstroem et al. 2023, arXiv 2302.07265, Eq. (4) to (9)): it
 * should not mind perturbations that leave the predictions as they are (minor; noise resilience),
 * and notice those that change them (disruptive; adversary reactivity). Intra-consistency (IAC)
 * looks at each method's values, inter-consistency (IEC) at their order among the methods.
 *
 * <p>All are between 0 and 1, high is good; NaN where they are undefined, because there is no image
 * to look at.
 *
 * @param iacNr mean p-value of the Wilcoxon tests of values against those of minor perturbations
 * @param iacAr mean of 1 - p for disruptive ones
 * @param iecNr how often a method keeps its rank among the methods under minor perturbations; equal
 *     values share their mean rank
 * @param iecAr how often a value becomes worse under disruptive ones
 * @param minor images that were looked at under minor perturbations, over all of these
 * @param disruptive likewise
 */
public record MetaConsistency(
    double iacNr, double iacAr, double iecNr, double iecAr, long minor, long disruptive) {

  /**
   * A metric's values under one perturbation.
   *
   * @param values {@code [method][image]}; NaN where one is missing
   * @param samePrediction of each image, whether the perturbation left it as it was
   */
  public record Perturbed(double[][] values, boolean[] samePrediction) {}

  /**
   * The mean over the perturbations that have an image to look at. An image counts where its
   * prediction stayed (minor) or changed (disruptive) and no method's value is missing.
   *
   * @param values unperturbed, {@code [method][image]}, at least one of each; NaN where one is
   *     missing
   * @param lowerIsBetter the metric's direction
   */
  public static MetaConsistency of(
      double[][] values, boolean lowerIsBetter, List<Perturbed> minor, List<Perturbed> disruptive) {
    List<Pairs> stayed = minor.stream().map(k -> Pairs.of(values, k, true)).toList();
    List<Pairs> changed = disruptive.stream().map(k -> Pairs.of(values, k, false)).toList();
    return new MetaConsistency(
        mean(stayed, Pairs::meanP),
        mean(changed, pairs -> 1 - pairs.meanP()),
        mean(stayed, Pairs::sameRanks),
        mean(changed, pairs -> pairs.worse(lowerIsBetter)),
        stayed.stream().mapToLong(Pairs::count).sum(),
        changed.stream().mapToLong(Pairs::count).sum());
  }

  /** The mean of the four; NaN if one of them is undefined. */
  public double mc() {
    return (iacNr + iacAr + iecNr + iecAr) / 4;
  }

  private static double mean(List<Pairs> perturbations, ToDoubleFunction<Pairs> part) {
    return perturbations.stream()
        .filter(pairs -> pairs.count() > 0)
        .mapToDouble(part)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Values before and after one perturbation, of the images that count.
   *
   * @param before {@code [method][image]}
   */
  private record Pairs(double[][] before, double[][] after) {

    static Pairs of(double[][] values, Perturbed perturbed, boolean same) {
      int[] chosen =
          IntStream.range(0, perturbed.samePrediction().length)
              .filter(i -> perturbed.samePrediction()[i] == same)
              .filter(i -> isKnown(values, i) && isKnown(perturbed.values(), i))
              .toArray();
      return new Pairs(columns(values, chosen), columns(perturbed.values(), chosen));
    }

    private static boolean isKnown(double[][] values, int image) {
      return Arrays.stream(values).noneMatch(row -> Double.isNaN(row[image]));
    }

    private static double[][] columns(double[][] values, int... chosen) {
      return Arrays.stream(values)
          .map(row -> Arrays.stream(chosen).mapToDouble(i -> row[i]).toArray())
          .toArray(double[][]::new);
    }

    int count() {
      return before[0].length;
    }

    double meanP() {
      return methods()
          .mapToDouble(
              m -> SignedRanks.splitZeros(images().mapToDouble(i -> change(m, i)).toArray()))
          .average()
          .orElseThrow();
    }

    /** An infinite value that stays has not changed. */
    private double change(int method, int image) {
      double from = before[method][image];
      double to = after[method][image];
      return from == to ? 0 : from - to;
    }

    double sameRanks() {
      return images()
              .mapToDouble(
                  i -> {
                    double[] ranks = ranks(before, i);
                    double[] others = ranks(after, i);
                    return methods().filter(m -> ranks[m] == others[m]).count();
                  })
              .average()
              .orElseThrow()
          / before.length;
    }

    private static double[] ranks(double[][] values, int image) {
      return new NaturalRanking()
          .apply(Arrays.stream(values).mapToDouble(row -> row[image]).toArray());
    }

    double worse(boolean lowerIsBetter) {
      return methods()
              .mapToDouble(
                  m ->
                      images()
                          .filter(
                              i ->
                                  lowerIsBetter
                                      ? after[m][i] > before[m][i]
                                      : after[m][i] < before[m][i])
                          .count())
              .average()
              .orElseThrow()
          / count();
    }

    private IntStream methods() {
      return IntStream.range(0, before.length);
    }

    private IntStream images() {
      return IntStream.range(0, count());
    }
  }
}
