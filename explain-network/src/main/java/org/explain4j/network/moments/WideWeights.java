package org.explain4j.network.moments;

import java.util.function.Supplier;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's weights as {@code [k,d]} in float64, made when they are first asked for. */
final class WideWeights implements Supplier<INDArray>, AutoCloseable {
  private final LinearLayer layer;
  private INDArray weights;

  WideWeights(LinearLayer layer) {
    this.layer = layer;
  }

  @Override
  public INDArray get() {
    if (weights == null) {
      INDArray own = layer.weights();
      INDArray wide =
          own.dataType() == DataType.DOUBLE ? own.dup('c') : own.castTo(DataType.DOUBLE);
      INDArray ordered = wide.ordering() == 'c' ? wide : wide.dup('c');
      weights = ordered.reshape('c', layer.neurons(), layer.fanIn());
    }
    return weights;
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
      weights = null;
    }
  }
}
