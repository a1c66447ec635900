package org.explain4j.api;

import org.explain4j.api.moments.LayerData;
import org.explain4j.api.network.LinearLayer;

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
   * number of examples; samples must fit into memory.
   */
  default boolean drawsSamples() {
    return true;
  }

  /** A layer's rho as a function of the estimator's patterns. */
  @FunctionalInterface
  interface Measure extends AutoCloseable {

    /**
     * @param patterns not the identity, whose rho is undefined
     * @param target the output that v'd^ is correlated with
     */
    Rho rho(Patterns patterns, Regression target);

    /** Frees what was prepared; gigabytes for a wide layer. */
    @Override
    default void close() {}
  }
}
