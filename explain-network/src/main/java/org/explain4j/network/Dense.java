package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.explain4j.network.kernels.DenseKernels;
import org.explain4j.network.kernels.DensePrograms;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A fully connected layer.
 *
 * @param weights {@code [k,d]}
 * @param bias {@code [k]}
 */
public record Dense(INDArray weights, INDArray bias) implements LinearLayer {

  public Dense {
    if (weights.rank() != 2 || bias.rank() != 1 || bias.length() != weights.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A dense layer takes weights [k,d] and bias [k], not %s and %s.",
              weights.shapeInfoToString(),
              bias.shapeInfoToString()));
    }
  }

  @Override
  public Dense with(INDArray newWeights, INDArray newBias) {
    return new Dense(newWeights, newBias);
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    if (!input.equals(List.of(fanIn()))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A dense layer with %d inputs was given %s.\nMaybe a flatten layer is missing before it.",
              fanIn(),
              input));
    }
    return List.of(neurons());
  }

  @Override
  public INDArray forward(INDArray input) {
    return DensePrograms.forward(input, weights, bias)
        .orElseGet(() -> DenseKernels.forward(input, weights).addiRowVector(bias));
  }

  @Override
  public INDArray transpose(INDArray gradient, long[] inputShape) {
    return DensePrograms.transpose(gradient, weights)
        .orElseGet(() -> DenseKernels.transpose(gradient, weights));
  }

  @Override
  public INDArray weightGradient(INDArray input, INDArray gradient) {
    return gradient.transpose().mmul(input);
  }

  @Override
  public INDArray patches(INDArray input) {
    return input;
  }
}
