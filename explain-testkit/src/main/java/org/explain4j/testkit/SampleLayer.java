package org.explain4j.testkit;

import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The layers on which estimators are tried, with samples of their inputs. */
enum SampleLayer {
  DENSE,
  CONVOLUTION,
  FLOAT32,
  LOGITS,
  /**
   * Neurons that are dead, always active, ordinary, without weights, or see only a constant input.
   */
  DEGENERATE;

  static final int SAMPLES = 400;

  /** The neuron of the degenerate layer that has none. */
  static final int WITHOUT_WEIGHTS = 3;

  /** A new one, with the same weights each time. */
  LinearLayer layer() {
    return switch (this) {
      case DENSE, LOGITS -> dense();
      case FLOAT32 -> dense().cast(DataType.FLOAT);
      case CONVOLUTION ->
          new Convolution(Networks.normal(3, 5, 3, 2, 2), bias(5), Window.square(2));
      case DEGENERATE -> degenerate();
    };
  }

  boolean logits() {
    return this == LOGITS;
  }

  private static Dense dense() {
    return new Dense(Networks.normal(1, 4, 6), bias(4));
  }

  private static INDArray bias(int k) {
    return Networks.normal(9, k).muli(0.3);
  }

  private static Dense degenerate() {
    INDArray weights = Networks.normal(5, 5, 3);
    weights.putRow(WITHOUT_WEIGHTS, Nd4j.zeros(DataType.DOUBLE, 3));
    weights.putRow(4, Nd4j.createFromArray(0.0, 0.0, 1.0));
    return new Dense(weights, Nd4j.createFromArray(-100.0, 100.0, 0.0, 1.0, 0.3));
  }

  /** Some of the samples {@code [to-from,d]}, in the layer's type. */
  INDArray samples(int from, int to) {
    LinearLayer layer = layer();
    INDArray all = Networks.normal(2, SAMPLES, layer.fanIn());
    for (int column = 0; column < layer.fanIn(); column++) {
      all.getColumn(column).addi(0.2 * (column % 3)); // no estimator may count on a mean of 0
    }
    if (this == DEGENERATE) {
      all.putColumn(2, Nd4j.ones(DataType.DOUBLE, SAMPLES).muli(0.1));
    }
    return Batches.slice(all, from, to).castTo(layer.weights().dataType());
  }
}
