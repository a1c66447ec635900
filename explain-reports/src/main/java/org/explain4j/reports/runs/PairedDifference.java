package org.explain4j.reports.runs;

import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.Group;

/**
 * A row of {@code comparisons.csv}: two methods of a group on the same images, or one and the
 * metric's baseline. Old files end with p and the number of images.
 *
 * @param difference mean of a minus b
 * @param low of its bootstrap 95 % interval
 * @param low90 of its bootstrap 90 % interval, which decides on a tie
 * @param pValue of the Wilcoxon signed-rank test
 * @param pHolm adjusted for all comparisons of the metric in the group (Holm)
 * @param effect matched rank-biserial correlation, from -1 to 1, positive where a is larger
 * @param margin below which a difference is none for any purpose
 * @param verdict empty in old files
 * @param better the label of the better one; empty unless the verdict says so
 * @param images at which both have a value
 * @param missing images at which one has none
 */
public record PairedDifference(
    String metric,
    String score,
    Group group,
    String explainerA,
    String explainerB,
    double difference,
    double low,
    double high,
    double low90,
    double high90,
    double pValue,
    double pHolm,
    double effect,
    double margin,
    Optional<Verdict> verdict,
    Optional<String> better,
    long images,
    OptionalLong missing) {

  /** The verdict in words: {@code lrp-0 better}, {@code tie}, {@code undecided: not enough ...}. */
  public String words() {
    String word = verdict.map(Verdict::word).orElse("");
    String who = better.map(label -> label + " ").orElse("");
    return who + word + Verdict.reason(images).map(why -> ": " + why).orElse("");
  }

  /** Whether it is of a method and the baseline, which is always b. */
  public boolean isWithBaseline() {
    return explainerB.equals(Score.BASELINE);
  }
}
