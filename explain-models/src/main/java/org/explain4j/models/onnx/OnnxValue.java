package org.explain4j.models.onnx;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What a name in an ONNX graph stands for while the graph is translated. */
sealed interface OnnxValue {

  /**
   * Output of a node of the network.
   *
   * @param channelsLast whether the file sees {@code [n,h,w,c]} where the network has {@code
   *     [n,c,h,w]}
   */
  record Activation(String node, boolean channelsLast) implements OnnxValue {}

  /** The soft-max of a node's output: only good as the output of the whole graph. */
  record Probabilities(String node) implements OnnxValue {}

  /** Weights, or a scalar of rank 0. */
  record Floats(INDArray array) implements OnnxValue {}

  /**
   * Integers that say something of shapes.
   *
   * @param scalar whether they are a single number of rank 0, else a vector
   */
  record Integers(long[] values, boolean scalar) implements OnnxValue {}
}
