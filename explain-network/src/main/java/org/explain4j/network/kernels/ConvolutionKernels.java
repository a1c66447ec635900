package org.explain4j.network.kernels;

import java.util.stream.IntStream;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Convolution and its adjoints on ND4J's native operations; weights are {@code [k,c,kh,kw]}. Those
 * of several groups are {@link GroupKernels}.
 *
 * <p>The native operations know neither asymmetric padding nor, with oneDNN in float32, dilation.
 * Padding is therefore written out where it is asymmetric, and a dilated kernel is spread over a
 * larger one with zeros between its taps.
 */
public final class ConvolutionKernels {
  /** The native operations' code for weights {@code [k,c,kh,kw]}. */
  private static final int OIHW = 1;

  private ConvolutionKernels() {}

  public static INDArray forward(Convolution layer, INDArray input) {
    return LinearPrograms.forward(layer, input)
        .orElseGet(
            () ->
                layer.groups() > 1
                    ? GroupKernels.forward(layer, input)
                    : forwardNative(input, layer.weights(), layer.bias(), layer.window()));
  }

  private static INDArray forwardNative(
      INDArray input, INDArray weights, INDArray bias, Window window) {
    if (window.dilated()) {
      try (INDArray spread = spread(weights, window)) {
        return forwardNative(input, spread, bias, window.dense());
      }
    }
    if (!window.symmetric()) {
      try (INDArray padded = pad(input, window)) {
        return forwardNative(padded, weights, bias, window.pad(0));
      }
    }
    INDArray output =
        uninitialized(
            input,
            input.size(0),
            weights.size(0),
            window.outputHeight(input.size(2), false),
            window.outputWidth(input.size(3), false));
    Workers.run(
        input.size(0),
        imageElements(input, output),
        (from, to) ->
            run(
                "conv2d",
                window,
                new INDArray[] {Workers.slice(input, from, to), weights, bias},
                Workers.slice(output, from, to)));
    return output;
  }

  /** The gradient of the input, by a transposed convolution with the same weights. */
  public static INDArray transpose(Convolution layer, INDArray gradient, long[] inputShape) {
    if (TapKernels.suits(layer)) {
      return TapKernels.transpose(gradient, layer.weights(), layer.window(), inputShape);
    }
    return LinearPrograms.transpose(layer, gradient, inputShape)
        .orElseGet(
            () ->
                layer.groups() > 1
                    ? GroupKernels.transpose(layer, gradient, inputShape)
                    : transposeNative(gradient, layer.weights(), layer.window(), inputShape));
  }

  private static INDArray transposeNative(
      INDArray gradient, INDArray weights, Window window, long[] inputShape) {
    if (window.dilated()) {
      try (INDArray spread = spread(weights, window)) {
        return transposeNative(gradient, spread, window.dense(), inputShape);
      }
    }
    long n = gradient.size(0);
    long channels = weights.size(1);
    long height = (gradient.size(2) - 1) * window.strideY() + window.height();
    long width = (gradient.size(3) - 1) * window.strideX() + window.width();
    boolean exact =
        height == inputShape[2] + 2L * window.top() && width == inputShape[3] + 2L * window.left();
    if (window.symmetric() && exact) {
      INDArray result = uninitialized(gradient, inputShape);
      deconvolve(gradient, weights, window, result);
      return result;
    }
    // What the windows cover, padding included, of which the image is a part; the last rows and
    // columns of an image may be in no window at all.
    try (INDArray covered = uninitialized(gradient, n, channels, height, width)) {
      deconvolve(gradient, weights, window.pad(0), covered);
      INDArray result = zeros(gradient, inputShape);
      long rows = Math.min(inputShape[2], height - window.top());
      long columns = Math.min(inputShape[3], width - window.left());
      region(result, 0, 0, rows, columns)
          .assign(region(covered, window.top(), window.left(), rows, columns));
      return result;
    }
  }

  private static void deconvolve(
      INDArray gradient, INDArray weights, Window window, INDArray result) {
    Workers.run(
        gradient.size(0),
        imageElements(gradient, result),
        (from, to) ->
            run(
                "deconv2d",
                window,
                new INDArray[] {Workers.slice(gradient, from, to), weights},
                Workers.slice(result, from, to)));
  }

  private static long imageElements(INDArray a, INDArray b) {
    return Math.max(a.length(), b.length()) / a.size(0);
  }

  /** Of the weights' shape, summed over batch and positions. */
  public static INDArray weightGradient(Convolution layer, INDArray input, INDArray gradient) {
    return LinearPrograms.weightGradient(layer, input, gradient)
        .orElseGet(
            () ->
                layer.groups() > 1
                    ? GroupKernels.weightGradient(layer, input, gradient)
                    : weightGradientNative(input, gradient, layer.weights(), layer.window()));
  }

  private static INDArray weightGradientNative(
      INDArray input, INDArray gradient, INDArray weights, Window window) {
    if (window.dilated()) {
      try (INDArray spread = spread(weights, window);
          INDArray whole = weightGradientNative(input, gradient, spread, window.dense())) {
        return whole.get(taps(window)).dup('c');
      }
    }
    if (!window.symmetric()) {
      try (INDArray padded = pad(input, window)) {
        return weightGradientNative(padded, gradient, weights, window.pad(0));
      }
    }
    INDArray result = uninitialized(weights, weights.shape());
    try (INDArray inputGradient = uninitialized(input, input.shape())) {
      run("conv2d_bp", window, new INDArray[] {input, weights, gradient}, inputGradient, result);
    }
    return result;
  }

  /** Receptive fields as rows {@code [n*oh*ow, c*kh*kw]}, in the order of the weights' columns. */
  public static INDArray patches(INDArray input, Window window) {
    if (!window.symmetric()) {
      try (INDArray padded = pad(input, window)) {
        return patches(padded, window.pad(0));
      }
    }
    long n = input.size(0);
    long c = input.size(1);
    long oh = window.outputHeight(input.size(2), false);
    long ow = window.outputWidth(input.size(3), false);
    long numbers = c * window.height() * window.width();
    INDArray patches = Buffers.uninitialized(input, n * oh * ow, numbers);
    INDArray each = patches.reshape('c', n, oh, ow, c, window.height(), window.width());
    Workers.run(
        n,
        oh * ow * numbers,
        (from, to) -> {
          INDArray images = Workers.slice(input, from, to);
          INDArray columns =
              Buffers.uninitialized(input, to - from, c, window.height(), window.width(), oh, ow);
          Nd4j.exec(
              DynamicCustomOp.builder("im2col")
                  .addInputs(images)
                  .addOutputs(columns)
                  .addIntegerArguments(arguments(window, window.dilationY(), window.dilationX(), 0))
                  .build());
          Workers.slice(each, from, to).assign(columns.permute(0, 4, 5, 1, 2, 3));
          Buffers.release(columns);
        });
    return patches;
  }

  /** A native convolution or one of its adjoints; the window is symmetric and not dilated. */
  static void run(String op, Window window, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(op)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments(window, 1, 1, 0, 0, OIHW))
            .build());
  }

  /** What native operations are told of a window, and what each is told besides. */
  private static int[] arguments(Window window, int... others) {
    return IntStream.concat(
            IntStream.of(
                window.height(),
                window.width(),
                window.strideY(),
                window.strideX(),
                window.top(),
                window.left()),
            IntStream.of(others))
        .toArray();
  }

  /** A dilated kernel as a larger one with zeros between its taps. */
  private static INDArray spread(INDArray weights, Window window) {
    INDArray spread =
        zeros(
            weights,
            new long[] {weights.size(0), weights.size(1), window.extentY(), window.extentX()});
    spread.get(taps(window)).assign(weights);
    return spread;
  }

  private static INDArrayIndex[] taps(Window window) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.all(),
      every(window.dilationY(), window.extentY()),
      every(window.dilationX(), window.extentX())
    };
  }

  /** A kernel of one tap has no gaps, whatever its dilation; ND4J refuses steps beyond the end. */
  private static INDArrayIndex every(int step, int extent) {
    return NDArrayIndex.interval(0, Math.min(step, extent), extent);
  }

  private static INDArray pad(INDArray input, Window window) {
    INDArray padded =
        zeros(
            input,
            new long[] {
              input.size(0),
              input.size(1),
              input.size(2) + window.top() + window.bottom(),
              input.size(3) + window.left() + window.right()
            });
    region(padded, window.top(), window.left(), input.size(2), input.size(3)).assign(input);
    return padded;
  }

  private static INDArray region(INDArray images, long top, long left, long rows, long columns) {
    return images.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(top, top + rows),
        NDArrayIndex.interval(left, left + columns));
  }

  private static INDArray zeros(INDArray like, long[] shape) {
    return Nd4j.create(like.dataType(), shape, 'c');
  }

  private static INDArray uninitialized(INDArray like, long... shape) {
    return Buffers.uninitialized(like, shape);
  }
}
