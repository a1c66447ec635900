package org.explain4j.network;

import java.util.List;
import org.explain4j.network.kernels.ConvolutionKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A two-dimensional convolution (cross-correlation, as in every deep-learning library).
 *
 * @param weights {@code [k,c,kh,kw]}
 * @param bias {@code [k]}
 * @param window geometry; its kernel equals the weights' last two sizes
 */
public record Convolution(INDArray weights, INDArray bias, Window window) implements LinearLayer {

  public Convolution {
    if (weights.rank() != 4 || bias.rank() != 1 || bias.length() != weights.size(0)) {
      throw new IllegalArgumentException(
          "A convolution takes weights [k,c,kh,kw] and bias [k], not %s and %s."
              .formatted(weights.shapeInfoToString(), bias.shapeInfoToString()));
    }
    if (weights.size(2) != window.height() || weights.size(3) != window.width()) {
      throw new IllegalArgumentException(
          "The window is %dx%d but the weights are %dx%d."
              .formatted(window.height(), window.width(), weights.size(2), weights.size(3)));
    }
  }

  @Override
  public Convolution with(INDArray newWeights, INDArray newBias) {
    return new Convolution(newWeights, newBias, window);
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    Shapes.requireImage("A convolution", input);
    if (input.get(0) != weights.size(1)) {
      throw new IllegalArgumentException(
          "A convolution with %d input channels was given %s.".formatted(weights.size(1), input));
    }
    return List.of(
        neurons(),
        window.outputHeight(input.get(1), false),
        window.outputWidth(input.get(2), false));
  }

  @Override
  public INDArray forward(INDArray input) {
    return ConvolutionKernels.forward(input, weights, bias, window);
  }

  @Override
  public INDArray transpose(INDArray gradient, long[] inputShape) {
    return ConvolutionKernels.transpose(gradient, weights, window, inputShape);
  }

  @Override
  public INDArray weightGradient(INDArray input, INDArray gradient) {
    return ConvolutionKernels.weightGradient(input, gradient, weights, window);
  }

  @Override
  public INDArray patches(INDArray input) {
    return ConvolutionKernels.patches(input, window);
  }
}
