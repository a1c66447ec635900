package org.explain4j.reports.runs;

import java.util.Optional;
import org.explain4j.api.KebabCase;

/**
 * A row of {@code meta-evaluation.csv}: how far a metric can be believed, by perturbations of one
 * kind (Hedstroem et al. 2023, arXiv 2302.07265). All numbers are from 0 to 1, high is good.
 *
 * @param score the metric's first score, which is judged
 * @param iacNr intra-consistency, noise resilience: values stay under minor perturbations; NaN
 *     where undefined, as for the others
 * @param iacAr intra-consistency, adversary reactivity: values change under disruptive ones
 * @param iecNr inter-consistency, noise resilience: methods keep their ranks
 * @param iecAr inter-consistency, adversary reactivity: values become worse
 * @param mc the mean of the four; NaN if one is undefined
 * @param minor how often an image kept its prediction under a minor perturbation and was looked at
 * @param disruptive how often an image changed its prediction under a disruptive one, likewise
 * @param methods number of methods whose values were looked at
 * @param perturbations of each strength
 * @param images perturbed each time
 * @param note on what was left out, and why
 */
public record MetaScore(
    String metric,
    String score,
    Space space,
    double iacNr,
    double iacAr,
    double iecNr,
    double iecAr,
    double mc,
    long minor,
    long disruptive,
    long methods,
    long perturbations,
    long images,
    Optional<String> note) {

  /** What a perturbation perturbs. */
  public enum Space {
    INPUT,
    WEIGHTS;

    /** As it is written: {@code input} or {@code weights}. */
    public String word() {
      return KebabCase.of(this);
    }
  }

  /** The row of a metric that was not judged. */
  public static MetaScore notJudged(String metric, Space space, String why) {
    double no = Double.NaN;
    return new MetaScore(metric, "", space, no, no, no, no, no, 0, 0, 0, 0, 0, Optional.of(why));
  }
}
