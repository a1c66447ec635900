package org.explain4j.methods.estimators;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.Patterns;
import org.explain4j.api.Patterns.State;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Scaling of signal directions {@code [k,d]} so that {@code w'a = 1}, and the moments they need.
 */
final class Directions {
  /** A denominator below this fraction of its scale carries no direction, only rounding. */
  private static final double VANISHING = 1e-8;

  /** A variance below this fraction of the second moment is the rounding of a constant. */
  private static final double CONSTANT = 1e-12;

  private Directions() {}

  /** One direction for both regimes. */
  static Patterns linear(INDArray directions, LayerMoments moments, INDArray scale) {
    INDArray everywhere = Nd4j.ones(scale.dataType(), scale.shape());
    List<State> states = normalise(directions, moments, scale, everywhere);
    INDArray shaped = moments.shaped(directions);
    return new Patterns(shaped, shaped, states, states);
  }

  /**
   * Divides each row a by w'a, in place; rows without samples or denominator become 0.
   *
   * @param scale {@code [k]}: what the denominator is compared with
   * @param occupied {@code [k]}: number of samples that the direction is a mean over
   */
  static List<State> normalise(
      INDArray directions, LayerMoments moments, INDArray scale, INDArray occupied) {
    double[] denominators;
    try (INDArray products = directions.mul(moments.weights())) {
      denominators = products.sum(1).toDoubleVector();
    }
    double[] factors = new double[denominators.length];
    List<State> states = new ArrayList<>(denominators.length);
    for (int j = 0; j < denominators.length; j++) {
      State state = State.FITTED;
      if (occupied.getDouble(j) < 0.5) {
        state = State.UNOCCUPIED;
      } else if (!(Math.abs(denominators[j]) > VANISHING * scale.getDouble(j))) {
        state = State.VANISHING;
      } else {
        factors[j] = 1 / denominators[j];
      }
      states.add(state);
    }
    directions.muliColumnVector(Nd4j.createFromArray(factors));
    return states;
  }

  /** var[y], {@code [k]}; infinite where y is constant, so that every denominator vanishes. */
  static INDArray variance(LayerMoments moments) {
    INDArray mean = moments.meanPositive().add(moments.meanNegative());
    INDArray square = moments.meanPositiveSquare().add(moments.meanNegativeSquare());
    INDArray variance = square.sub(mean.mul(mean));
    for (long j = 0; j < variance.length(); j++) {
      if (variance.getDouble(j) <= CONSTANT * square.getDouble(j)) {
        variance.putScalar(j, Double.POSITIVE_INFINITY);
      }
    }
    return variance;
  }

  /** The root of a variance. */
  static INDArray deviation(INDArray variance) {
    return Transforms.sqrt(variance, true);
  }

  /** |w| |a| of each row, {@code [k]}: what w'a is compared with where no data is used. */
  static INDArray lengths(INDArray directions, LayerMoments moments) {
    return directions.norm2(1).mul(moments.weights().norm2(1));
  }

  /** E[r] with r = z+ + b i, {@code [k]}. */
  static INDArray meanRectified(LayerMoments moments) {
    return moments.meanPositive().addi(moments.active().muli(moments.bias()));
  }

  /** E[x r], {@code [k,d]}. */
  static INDArray meanXRectified(LayerMoments moments) {
    try (INDArray active = moments.meanXActive()) {
      return moments.meanXPositive().addi(active.muliColumnVector(moments.bias()));
    }
  }

  /** {@code a b'}, {@code [k,d]}. */
  static INDArray outer(INDArray a, INDArray b) {
    return a.reshape(a.length(), 1).mmul(b.reshape(1, b.length()));
  }
}
