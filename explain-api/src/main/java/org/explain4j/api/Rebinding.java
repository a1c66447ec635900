package org.explain4j.api;

import org.explain4j.network.Network;

/** Binds a method anew, to a network that is not the one of the experiment. */
@FunctionalInterface
public interface Rebinding {

  /** Where the patterns of a changed network come from. */
  enum PatternUse {
    /** They are those of the unchanged network. */
    KEPT,
    /** They are estimated again, from the examples of split A. */
    ESTIMATED
  }

  /**
   * The method on another network of the same nodes and shapes.
   *
   * @throws NoDataException if patterns have to be estimated and there is nothing to estimate from
   */
  Attributor bind(Network network, PatternUse patterns);

  /** That of a method which is known as an {@link Explainer}, with its patterns. */
  static Rebinding of(Explainer explainer, Subject subject) {
    return (network, use) -> {
      if (use == PatternUse.ESTIMATED) {
        throw new NoDataException(
            "Patterns of a changed network need data.\nMaybe set patterns to kept.");
      }
      return explainer.bind(new Subject(network, subject.patterns(), subject.reference()));
    };
  }

  /** That of a method which cannot be bound anew. */
  static Rebinding none() {
    return (network, use) -> {
      throw new NoDataException("This method is bound to one network only.");
    };
  }
}
