package org.explain4j.reports.runs;

import org.explain4j.api.KebabCase;

/** What a perturbation perturbs. */
public enum Space {
  INPUT,
  WEIGHTS;

  /** As it is written: {@code input} or {@code weights}. */
  public String word() {
    return KebabCase.of(this);
  }
}
