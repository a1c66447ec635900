package org.explain4j.network;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer {@code y = Wx + b}: dense or convolution. For a convolution every receptive field, the
 * zero-padded ones included, is one sample x of the same k neurons.
 */
public sealed interface LinearLayer extends UnaryLayer permits Dense, Convolution {

  /** {@code [k,d]} for dense, {@code [k,c,kh,kw]} for convolution (cross-correlation). */
  INDArray weights();

  /** {@code [k]}; zeros where the network has none. */
  INDArray bias();

  /** The same layer with other weights and bias of the same shapes. */
  LinearLayer with(INDArray weights, INDArray bias);

  /** The same layer with other weights and bias zero, to compute {@code Wx}. */
  default LinearLayer with(INDArray weights) {
    return with(weights, bias().like());
  }

  /** The same layer with bias zero. */
  default LinearLayer unbiased() {
    return with(weights());
  }

  /** The same layer with its arrays in this floating-point type. */
  default LinearLayer cast(DataType type) {
    return with(weights().castTo(type), bias().castTo(type));
  }

  /**
   * {@code W'g}: the transpose of the linear map, without the bias.
   *
   * @param gradient of the output's shape
   * @param inputShape shape of the input batch
   */
  INDArray transpose(INDArray gradient, long[] inputShape);

  /** Gradient of {@code <gradient, Wx>} in W, summed over batch and positions; shape of W. */
  INDArray weightGradient(INDArray input, INDArray gradient);

  /**
   * The samples of a batch as rows: {@code [n, d]} or {@code [n * positions, d]}; of several groups
   * the first d columns are the first one's, and so on.
   */
  INDArray patches(INDArray input);

  /** Number of neurons, k. */
  default long neurons() {
    return weights().size(0);
  }

  /** Number of inputs of one neuron, d. */
  default long fanIn() {
    return weights().length() / weights().size(0);
  }

  /** Number of equal shares of the neurons that see inputs of their own: 1 unless grouped. */
  default int groups() {
    return 1;
  }

  /**
   * The neurons of one group as a layer on the group's share of the channels, with views of these
   * weights; itself if there is only one group.
   */
  default LinearLayer group(int group) {
    return this;
  }

  /** Number of inputs of all groups together: the columns of {@link #patches}. */
  default long sampleSize() {
    return groups() * fanIn();
  }

  @Override
  default LayerKind kind() {
    return LayerKind.LINEAR;
  }

  @Override
  default INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return transpose(gradient, input.shape());
  }
}
