package org.explain4j.network;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.kernels.ConvolutionKernels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A two-dimensional convolution (cross-correlation, as in every deep-learning library). With g
 * groups the first of g equal shares of the neurons sees the first of g equal shares of the
 * channels, and so on; as many groups as channels are a depthwise convolution.
 *
 * @param weights {@code [k,c/groups,kh,kw]}
 * @param bias {@code [k]}
 * @param window geometry; its kernel equals the weights' last two sizes
 * @param groups a divisor of k and of the input's channels c
 */
public record Convolution(INDArray weights, INDArray bias, Window window, int groups)
    implements LinearLayer {

  public Convolution {
    if (weights.rank() != 4 || bias.rank() != 1 || bias.length() != weights.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A convolution takes weights [k,c,kh,kw] and bias [k], not %s and %s.",
              weights.shapeInfoToString(),
              bias.shapeInfoToString()));
    }
    if (weights.size(2) != window.height() || weights.size(3) != window.width()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The window is %dx%d but the weights are %dx%d.",
              window.height(),
              window.width(),
              weights.size(2),
              weights.size(3)));
    }
    if (groups < 1 || weights.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d groups do not fit weights %s.",
              groups,
              Arrays.toString(weights.shape())));
    }
  }

  /** A convolution whose neurons see all channels. */
  public Convolution(INDArray weights, INDArray bias, Window window) {
    this(weights, bias, window, 1);
  }

  @Override
  public Convolution with(INDArray newWeights, INDArray newBias) {
    return new Convolution(newWeights, newBias, window, groups);
  }

  /** The same with another window, of the same kernel. */
  public Convolution with(Window other) {
    return new Convolution(weights, bias, other, groups);
  }

  @Override
  public Convolution group(int group) {
    if (groups == 1) {
      return this;
    }
    int each = Math.toIntExact(neurons() / groups);
    int from = group * each;
    return new Convolution(
        Workers.slice(weights, from, from + each),
        bias.get(NDArrayIndex.interval(from, from + each)),
        window);
  }

  /** The channels that it takes. */
  public long channels() {
    return weights.size(1) * groups;
  }

  /** Whether each neuron sees one channel of several. */
  public boolean isDepthwise() {
    return groups > 1 && weights.size(1) == 1;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    Shapes.requireImage("A convolution", input);
    if (input.get(0) != channels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A convolution with %d input channels%s was given %s.",
              channels(),
              groups == 1 ? "" : String.format(Locale.ROOT, " in %d groups", groups),
              input));
    }
    return List.of(
        neurons(),
        window.outputHeight(input.get(1), false),
        window.outputWidth(input.get(2), false));
  }

  @Override
  public INDArray forward(INDArray input) {
    return ConvolutionKernels.forward(this, input);
  }

  @Override
  public INDArray transpose(INDArray gradient, long[] inputShape) {
    return ConvolutionKernels.transpose(this, gradient, inputShape);
  }

  @Override
  public INDArray weightGradient(INDArray input, INDArray gradient) {
    return ConvolutionKernels.weightGradient(this, input, gradient);
  }

  @Override
  public INDArray patches(INDArray input) {
    return ConvolutionKernels.patches(input, window);
  }

  /**
   * The weights of the convolution's transpose as a convolution: channels and neurons exchanged
   * within each group, both axes of the kernel reversed.
   *
   * @param weights {@code [k,c/groups,kh,kw]}
   * @return {@code [c,k/groups,kh,kw]}
   */
  public static INDArray turned(INDArray weights, int groups) {
    long neurons = weights.size(0) / groups;
    long channels = weights.size(1);
    int height = (int) weights.size(2);
    int width = (int) weights.size(3);
    INDArray turned =
        Nd4j.createUninitialized(
            weights.dataType(), new long[] {groups * channels, neurons, height, width}, 'c');
    INDArray from = weights.reshape('c', groups, neurons, channels, (long) height * width);
    INDArray to = turned.reshape('c', groups, channels, neurons, (long) height * width);
    int last = height * width - 1; // taps in reverse order are turned by 180 degrees
    for (int tap = 0; tap <= last; tap++) {
      to.get(
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.all(),
              NDArrayIndex.point(last - tap))
          .assign(
              from.get(
                      NDArrayIndex.all(),
                      NDArrayIndex.all(),
                      NDArrayIndex.all(),
                      NDArrayIndex.point(tap))
                  .permute(0, 2, 1));
    }
    return turned;
  }
}
