package org.explain4j.reports.runs;

import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.Group;

/**
 * A row of {@code comparisons.csv}: two methods of a group on the same images, or one method and
 * the metric's baseline. Files of older versions have no columns after p but the number of images.
 *
 * @param test of the values per image, by Wilcoxon's signed ranks; the family is the metric in the
 *     group
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
    PairedTest test,
    Optional<Verdict> verdict,
    Optional<String> better,
    long images,
    OptionalLong missing) {

  /** The verdict in words: {@code lrp-0 better}, {@code tie}, {@code undecided: not enough ...}. */
  public String words() {
    return verdict.map(found -> found.words(better, images)).orElse("");
  }

  /** Whether it compares a method with the baseline, which is always b. */
  public boolean isWithBaseline() {
    return explainerB.equals(Score.BASELINE);
  }
}
