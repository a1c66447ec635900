package org.explain4j.experiments.tiny;

import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An estimator with a fault. */
public record FaultyEstimator(Fault fault) implements SignalEstimator {

  public FaultyEstimator() {
    this(Fault.MESSAGE);
  }

  @Override
  public String id() {
    return "faulty-estimator";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public RegressionTarget fitOn() {
    return RegressionTarget.PRE;
  }

  @Override
  public Patterns estimate(String node, LinearLayer layer, boolean logits, LayerMoments moments) {
    fault.raise();
    fault.change(layer);
    INDArray right = layer.weights().castTo(DataType.DOUBLE).dup('c');
    return switch (fault) {
      case RETURNS_NULL -> null;
      case WRONG_SHAPE -> Patterns.linear(Nd4j.ones(DataType.DOUBLE, 2, 2));
      case NOT_A_NUMBER -> Patterns.linear(right.putScalar(0, Double.NaN));
      default -> Patterns.linear(right);
    };
  }
}
