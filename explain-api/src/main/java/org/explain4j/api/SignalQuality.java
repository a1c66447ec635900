package org.explain4j.api;

import java.util.List;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Measures the criterion rho of Kindermans et al., Eq. 1, for the neurons of a layer. */
public interface SignalQuality extends Extension {

  /**
   * Prepares a layer whose neurons all see the same inputs for many estimators.
   *
   * @param fit split B, on which the regression v of y on the residual x - S(x) is fitted
   * @param evaluate split C, on which rho is evaluated; only its moments are used
   */
  Measure of(LinearLayer layer, LayerData fit, LayerData evaluate);

  /** The same for any layer: of a convolution of several groups each is measured alone. */
  default Measure measure(LinearLayer layer, LayerData fit, LayerData evaluate) {
    return layer.groups() == 1
        ? of(layer, fit, evaluate)
        : GroupMeasure.of(this, layer, fit, evaluate);
  }

  /**
   * Whether it draws mini-batches of split B. If so, the samples must fit into memory, and all
   * estimators and targets of a layer are asked for at once; if not, it needs only moments, of any
   * number of examples.
   */
  default boolean drawsSamples() {
    return true;
  }

  /**
   * What rho is measured for.
   *
   * @param patterns not the identity, whose rho is undefined
   * @param target the output that v'd^ is correlated with
   */
  record Question(Patterns patterns, RegressionTarget target) {}

  /** Receives the regressions v of y on the residual, some neurons at a time. */
  @FunctionalInterface
  interface Regressions {
    /**
     * Receives the regressions of some neurons for one question.
     *
     * @param question the position in the list of questions
     * @param from the first neuron
     * @param v {@code [m,d]} of the neurons from there, float64; closed afterwards
     */
    void take(int question, int from, INDArray v);
  }

  /** A layer's rho as a function of the estimator's patterns. */
  @FunctionalInterface
  interface Measure extends AutoCloseable {

    /**
     * rho of the layer's neurons for one estimator and target.
     *
     * @param patterns not the identity, whose rho is undefined
     * @param target the output that v'd^ is correlated with
     */
    Rho rho(Patterns patterns, RegressionTarget target);

    /**
     * The same for several questions, in their order: a solver may read the samples once for all.
     */
    default List<Rho> rho(List<Question> questions) {
      return questions.stream().map(q -> rho(q.patterns(), q.target())).toList();
    }

    /**
     * The same, and hands out every v on the way; intervals over images are computed from them.
     *
     * @throws UnsupportedOperationException if the solver cannot
     */
    default List<Rho> rho(List<Question> questions, Regressions taker) {
      throw new UnsupportedOperationException("This solver does not hand out its regressions v.");
    }

    /** Frees what was prepared, which is gigabytes for a wide layer. */
    @Override
    default void close() {}
  }
}
