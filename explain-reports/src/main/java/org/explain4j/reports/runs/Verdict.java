package org.explain4j.reports.runs;

import java.util.Locale;
import java.util.Optional;
import org.explain4j.api.KebabCase;

/** The outcome of a paired comparison; tables, reports and claims all use these words. */
public enum Verdict {
  /** One of the two is better: its p-value, adjusted within its family, is below 5 %. */
  BETTER,
  /** They are equal in practice: the 90 % interval lies inside the margin. */
  TIE,
  /** Neither of these: more images might tell. */
  UNDECIDED;

  /** With fewer images nothing is decided, and no interval is given. */
  public static final int FEWEST_IMAGES = 10;

  /** As it is written: {@code better}, {@code tie} or {@code undecided}. */
  public String word() {
    return KebabCase.of(this);
  }

  /**
   * With who is better, or why nothing was decided: {@code lrp-0 better}, {@code undecided: not
   * enough ...}.
   */
  String words(Optional<String> better, long images) {
    return better.map(label -> label + " ").orElse("")
        + word()
        + reason(images).map(why -> ": " + why).orElse("");
  }

  /** Why nothing could be decided, if the reason is that there are too few images. */
  public static Optional<String> reason(long images) {
    return images < FEWEST_IMAGES
        ? Optional.of(
            String.format(
                Locale.ROOT, "not enough images (%d of at least %d)", images, FEWEST_IMAGES))
        : Optional.empty();
  }
}
