package org.explain4j.api;

import java.util.List;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;

/** Measures the criterion rho of Kindermans et al., Eq. 1, for the neurons of a layer. */
public interface SignalQuality extends Extension {

  /**
   * Prepares a layer for many estimators.
   *
   * @param fit split B, on which the regression v of y on the residual x - S(x) is found
   * @param evaluate split C, on which rho is evaluated; its moments only
   */
  Measure of(LinearLayer layer, LayerData fit, LayerData evaluate);

  /**
   * Whether it draws mini-batches of split B. One that does not can be given the moments of any
   * number of examples; samples must fit into memory. One that does is asked for all estimators and
   * targets of a layer at once.
   */
  default boolean drawsSamples() {
    return true;
  }

  /**
   * What a rho is of.
   *
   * @param patterns not the identity, whose rho is undefined
   * @param target the output that v'd^ is correlated with
   */
  record Question(Patterns patterns, RegressionTarget target) {}

  /** A layer's rho as a function of the estimator's patterns. */
  @FunctionalInterface
  interface Measure extends AutoCloseable {

    /**
     * @param patterns not the identity, whose rho is undefined
     * @param target the output that v'd^ is correlated with
     */
    Rho rho(Patterns patterns, RegressionTarget target);

    /** The same for many at a time, in their order: a solver may read samples once for all. */
    default List<Rho> rho(List<Question> questions) {
      return questions.stream().map(q -> rho(q.patterns(), q.target())).toList();
    }

    /** Frees what was prepared; gigabytes for a wide layer. */
    @Override
    default void close() {}
  }
}
