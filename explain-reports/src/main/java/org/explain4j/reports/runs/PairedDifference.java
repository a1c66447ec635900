package org.explain4j.reports.runs;

import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.Group;

/**
 * A row of {@code comparisons.csv}: two methods of a group on the same images, or one method and
 * the metric's baseline. Files of older versions have no columns after p but the number of images.
 *
 * @param difference mean of a minus b
 * @param low lower end of its bootstrap 95 % interval
 * @param low90 lower end of its bootstrap 90 % interval, which decides whether it is a tie
 * @param pValue of the Wilcoxon signed-rank test
 * @param pHolm adjusted for all comparisons of the metric in the group (Holm)
 * @param effect matched rank-biserial correlation, from -1 to 1, positive where a is larger
 * @param margin below which a difference does not matter in practice
 * @param verdict empty in files of older versions
 * @param better the label of the better one; empty unless the verdict is {@code better}
 * @param images number of images for which both have a value
 * @param missing number of images for which at least one has none
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

  /** Whether it compares a method with the baseline, which is always b. */
  public boolean isWithBaseline() {
    return explainerB.equals(Score.BASELINE);
  }
}
