package org.explain4j.experiments.results;

import java.util.Optional;
import java.util.Set;

/**
 * The cells that a session may work on, where several sessions share an experiment's work. Finished
 * ones are taken over wherever they are of.
 *
 * @param cells empty for all of them
 */
public record Share(Optional<Set<CellName>> cells) {
  /** Everything. */
  public static final Share ALL = new Share(Optional.empty());

  public Share {
    cells = cells.map(Set::copyOf);
  }

  /** Some cells. */
  public static Share of(Set<CellName> cells) {
    return new Share(Optional.of(cells));
  }

  boolean isAll() {
    return cells.isEmpty();
  }

  boolean has(CellName cell) {
    return cells.map(own -> own.contains(cell)).orElse(true);
  }
}
