package org.explain4j.reports.runs;

import java.util.List;
import org.explain4j.api.KebabCase;

/** What a run says of a claim, or of a part of it. */
public enum Finding {
  /** It holds. */
  SUPPORTED,
  /** The opposite holds, beyond chance. */
  CONTRADICTED,
  /** Neither can be said: more images might tell. */
  UNDECIDED;

  /**
   * Of a whole claim: supported when all of its parts are, contradicted when one of them is.
   *
   * @param parts undecided if there are none
   */
  public static Finding of(List<ClaimStatement> parts) {
    if (parts.stream().anyMatch(part -> part.finding() == CONTRADICTED)) {
      return CONTRADICTED;
    }
    return !parts.isEmpty() && parts.stream().allMatch(part -> part.finding() == SUPPORTED)
        ? SUPPORTED
        : UNDECIDED;
  }

  /** As it is written: {@code supported}, {@code contradicted} or {@code undecided}. */
  public String word() {
    return KebabCase.of(this);
  }
}
