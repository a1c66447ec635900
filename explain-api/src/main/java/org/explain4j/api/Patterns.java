package org.explain4j.api;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Signal directions of a layer's neurons: {@code S(x) = a+ z} where y &gt; 0, else {@code a- z}. A
 * linear estimator has {@code a+ = a-}. They use off-heap memory: close those that are no longer
 * needed.
 *
 * @param positive a+, of the weights' shape, float64; null for {@link #identity()}
 * @param negative a-, likewise
 * @param positiveStates per neuron: whether a+ could be estimated
 * @param negativeStates per neuron: whether a- could be estimated
 */
public record Patterns(
    INDArray positive, INDArray negative, List<State> positiveStates, List<State> negativeStates)
    implements AutoCloseable {

  /** Whether a regime's pattern could be estimated. */
  public enum State {
    /** There is a pattern. */
    FITTED,
    /** The neuron was never in this regime on the data of the fit: the pattern is 0. */
    UNOCCUPIED,
    /** The denominator of Eq. 7 vanishes: the pattern is 0. */
    VANISHING
  }

  public Patterns {
    positiveStates = List.copyOf(positiveStates);
    negativeStates = List.copyOf(negativeStates);
  }

  /** One direction for both regimes, all fitted. */
  public static Patterns linear(INDArray direction) {
    List<State> fitted = Collections.nCopies((int) direction.size(0), State.FITTED);
    return new Patterns(direction, direction, fitted, fitted);
  }

  /** {@code S(x) = x}: no direction, no distractor, rho undefined. */
  public static Patterns identity() {
    return new Patterns(null, null, List.of(), List.of());
  }

  /** Those of a layer's groups one after the other, which are closed; the identity if one is. */
  static Patterns joined(List<Patterns> groups) {
    if (groups.stream().anyMatch(Patterns::isIdentity)) {
      return identity();
    }
    boolean linear = groups.stream().allMatch(Patterns::isLinear);
    INDArray positive = joined(groups, Patterns::positive);
    INDArray negative = linear ? positive : joined(groups, Patterns::negative);
    groups.forEach(Patterns::close);
    return new Patterns(
        positive,
        negative,
        groups.stream().flatMap(group -> group.positiveStates.stream()).toList(),
        groups.stream().flatMap(group -> group.negativeStates.stream()).toList());
  }

  private static INDArray joined(List<Patterns> groups, Function<Patterns, INDArray> regime) {
    return Nd4j.concat(0, groups.stream().map(regime).toArray(INDArray[]::new));
  }

  /** Those of the neurons from one to before another, copied. */
  Patterns part(int from, int to) {
    INDArray above = Batches.slice(positive, from, to);
    return new Patterns(
        above,
        isLinear() ? above : Batches.slice(negative, from, to),
        positiveStates.subList(from, to),
        negativeStates.subList(from, to));
  }

  @SuppressWarnings("ReferenceEquality") // comparing gigabytes costs more than it saves
  private boolean isLinear() {
    return positive == negative;
  }

  public boolean isIdentity() {
    return positive == null;
  }

  /** Frees both patterns. */
  @Override
  public void close() {
    if (!isIdentity()) {
      close(positive);
      close(negative);
    }
  }

  private static void close(INDArray pattern) {
    if (pattern.closeable() && !pattern.wasClosed()) {
      pattern.close();
    }
  }

  /**
   * Whether rho counts the neuron: every regime that occurs where rho is measured has a pattern.
   * Without one, {@code w'd^} is not 0 and reveals y.
   *
   * @param positive whether y &gt; 0 occurs on one of the splits that rho is measured on
   * @param negative whether y &lt;= 0 occurs there
   */
  public boolean usable(int neuron, boolean positive, boolean negative) {
    return (!positive || positiveStates.get(neuron) == State.FITTED)
        && (!negative || negativeStates.get(neuron) == State.FITTED);
  }
}
