package org.explain4j.api.network;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Convolution and its adjoints on ND4J's native operations; weights are {@code [k,c,kh,kw]}. */
final class ConvolutionKernels {
  private static final int OIHW = 1;

  private ConvolutionKernels() {}

  static INDArray forward(INDArray input, INDArray weights, INDArray bias, Window window) {
    if (!window.symmetric()) {
      try (INDArray padded = pad(input, window)) {
        return forward(padded, weights, bias, window.pad(0));
      }
    }
    INDArray output =
        Nd4j.createUninitialized(
            input.dataType(),
            new long[] {
              input.size(0),
              weights.size(0),
              window.outputHeight(input.size(2), false),
              window.outputWidth(input.size(3), false)
            },
            'c');
    ElementKernels.run("conv2d", new INDArray[] {input, weights, bias}, output, arguments(window));
    return output;
  }

  /** The input's gradient. */
  static INDArray transpose(INDArray gradient, INDArray weights, Window window, long[] inputShape) {
    return backward(zeros(gradient, inputShape), gradient, weights, window)[0];
  }

  static INDArray weightGradient(
      INDArray input, INDArray gradient, INDArray weights, Window window) {
    return backward(input, gradient, weights, window)[1];
  }

  /** Receptive fields as rows {@code [n*oh*ow, c*kh*kw]}, in the order of the weights' columns. */
  static INDArray patches(INDArray input, Window window) {
    if (!window.symmetric()) {
      try (INDArray padded = pad(input, window)) {
        return patches(padded, window.pad(0));
      }
    }
    long n = input.size(0);
    long c = input.size(1);
    long oh = window.outputHeight(input.size(2), false);
    long ow = window.outputWidth(input.size(3), false);
    INDArray columns =
        Nd4j.createUninitialized(
            input.dataType(), new long[] {n, c, window.height(), window.width(), oh, ow}, 'c');
    Nd4j.exec(
        org.nd4j.linalg.api.ops.DynamicCustomOp.builder("im2col")
            .addInputs(input)
            .addOutputs(columns)
            .addIntegerArguments(
                window.height(),
                window.width(),
                window.strideY(),
                window.strideX(),
                window.top(),
                window.left(),
                window.dilationY(),
                window.dilationX(),
                0)
            .build());
    try (columns) {
      return columns
          .permute(0, 4, 5, 1, 2, 3)
          .dup('c')
          .reshape('c', n * oh * ow, c * window.height() * window.width());
    }
  }

  private static INDArray[] backward(
      INDArray input, INDArray gradient, INDArray weights, Window window) {
    if (!window.symmetric()) {
      try (INDArray padded = pad(input, window)) {
        INDArray[] both = backward(padded, gradient, weights, window.pad(0));
        try (INDArray whole = both[0]) {
          return new INDArray[] {
            inner(whole, window, input.size(2), input.size(3)).dup('c'), both[1]
          };
        }
      }
    }
    INDArray inputGradient = Nd4j.createUninitialized(input.dataType(), input.shape(), 'c');
    INDArray weightGradient = Nd4j.createUninitialized(input.dataType(), weights.shape(), 'c');
    Nd4j.exec(
        org.nd4j.linalg.api.ops.DynamicCustomOp.builder("conv2d_bp")
            .addInputs(input, weights, gradient)
            .addOutputs(inputGradient, weightGradient)
            .addIntegerArguments(arguments(window))
            .build());
    return new INDArray[] {inputGradient, weightGradient};
  }

  private static INDArray zeros(INDArray like, long[] shape) {
    return Nd4j.create(like.dataType(), shape, 'c');
  }

  private static INDArray pad(INDArray input, Window window) {
    long[] shape = input.shape();
    shape[2] += window.top() + window.bottom();
    shape[3] += window.left() + window.right();
    INDArray padded = zeros(input, shape);
    inner(padded, window, input.size(2), input.size(3)).assign(input);
    return padded;
  }

  private static INDArray inner(INDArray padded, Window window, long height, long width) {
    return padded.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(window.top(), window.top() + height),
        NDArrayIndex.interval(window.left(), window.left() + width));
  }

  private static int[] arguments(Window window) {
    return new int[] {
      window.height(),
      window.width(),
      window.strideY(),
      window.strideX(),
      window.top(),
      window.left(),
      window.dilationY(),
      window.dilationX(),
      0,
      0,
      OIHW
    };
  }
}
