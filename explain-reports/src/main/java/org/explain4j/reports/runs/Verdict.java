package org.explain4j.reports.runs;

import java.util.Optional;
import org.explain4j.api.KebabCase;

/** What a paired comparison says; tables, reports and claims have no other word for it. */
public enum Verdict {
  /** One of the two is better: the p-value that is adjusted in its family is below 5 %. */
  BETTER,
  /** They are the same for any purpose: the 90 % interval lies inside the margin. */
  TIE,
  /** Neither of these: more images might tell. */
  UNDECIDED;

  /** From fewer images nothing is decided, and no interval is given. */
  public static final int FEWEST_IMAGES = 10;

  /** As it is written: {@code better}, {@code tie} or {@code undecided}. */
  public String word() {
    return KebabCase.of(this);
  }

  /** Why nothing could be decided, where that is not for chance. */
  public static Optional<String> reason(long images) {
    return images < FEWEST_IMAGES
        ? Optional.of("not enough images (%d of at least %d)".formatted(images, FEWEST_IMAGES))
        : Optional.empty();
  }
}
