package org.explain4j.network;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One operation of a network. A layer is immutable and knows nothing about the graph around it.
 * Every propagation rule is built from {@link #forward} and {@link #backward}, of this layer or of
 * one with changed weights ({@link LinearLayer#with}).
 */
public sealed interface Layer permits UnaryLayer, Add, Concat, Product {

  /** Which propagation rule applies. */
  LayerKind kind();

  /**
   * Shape of the output for one example.
   *
   * @param inputs shapes without the batch dimension, {@code [c,h,w]} or {@code [d]}
   * @throws IllegalArgumentException if the layer cannot take these shapes; the message names them
   */
  List<Long> outputShape(List<List<Long>> inputs);

  /** The output for a batch; the inputs are not changed. */
  INDArray forward(List<INDArray> inputs);

  /**
   * Vector-Jacobian product: the gradient of {@code <gradient, forward(inputs)>} with respect to
   * each input.
   *
   * @param inputs what {@link #forward} was given
   * @param output what it returned
   * @param gradient of the output's shape; not changed
   * @return one array per input, of that input's shape; may be views of {@code gradient}
   */
  List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient);
}
