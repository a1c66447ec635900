package org.explain4j.network.kernels;

import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions whose neurons see one channel each, and their adjoints: loops over planes. */
final class DepthwiseKernels {
  private final Window window;
  private final int neurons;
  private final int multiplier; // neurons of a channel, side by side
  private final double[] weights;
  private final int height;
  private final int width;
  private final int outputHeight;
  private final int outputWidth;
  private final int images;

  private DepthwiseKernels(Convolution layer, long... image) {
    window = layer.window();
    neurons = Math.toIntExact(layer.neurons());
    multiplier = neurons / layer.groups();
    weights = layer.weights().dup('c').data().asDouble();
    images = Math.toIntExact(image[0]);
    height = Math.toIntExact(image[2]);
    width = Math.toIntExact(image[3]);
    outputHeight = Math.toIntExact(window.outputHeight(height, false));
    outputWidth = Math.toIntExact(window.outputWidth(width, false));
  }

  private Planes inputs(INDArray array) {
    return Planes.reading(array, height * width);
  }

  private Planes outputs(INDArray array) {
    return Planes.reading(array, outputHeight * outputWidth);
  }

  /** Work on an output pixel and the image's pixel that a tap sees from there. */
  @FunctionalInterface
  private interface Pair {
    void at(int output, int input);
  }

  /** All pairs of a tap; none in the padding. */
  private void pairs(int tap, Pair pair) {
    int down = tap / window.width() * window.dilationY() - window.top();
    int right = tap % window.width() * window.dilationX() - window.left();
    int lastRow = Math.min(outputHeight - 1, Math.floorDiv(height - 1 - down, window.strideY()));
    int lastColumn = Math.min(outputWidth - 1, Math.floorDiv(width - 1 - right, window.strideX()));
    for (int y = first(down, window.strideY()); y <= lastRow; y++) {
      int row = (y * window.strideY() + down) * width + right;
      for (int x = first(right, window.strideX()); x <= lastColumn; x++) {
        pair.at(y * outputWidth + x, row + x * window.strideX());
      }
    }
  }

  /** The first place that a tap sees the image from. */
  private static int first(int offset, int stride) {
    return Math.max(0, (stride - 1 - offset) / stride);
  }

  private int taps() {
    return window.height() * window.width();
  }

  private double weight(int neuron, int tap) {
    return weights[neuron * taps() + tap];
  }

  static INDArray forward(Convolution layer, INDArray input, INDArray output) {
    DepthwiseKernels kernels = new DepthwiseKernels(layer, input.shape());
    double[] bias = layer.bias().toDoubleVector();
    Planes in = kernels.inputs(input);
    Planes out = Planes.writing(output, kernels.outputHeight * kernels.outputWidth);
    out.inParallel(
        (from, to) -> {
          Plane x = in.plane();
          Plane y = out.plane();
          for (int plane = from; plane < to; plane++) {
            x.load(plane / kernels.multiplier);
            kernels.convolve(x, plane % kernels.neurons, bias, y);
            y.store(plane);
          }
        });
    return out.written();
  }

  private void convolve(Plane x, int neuron, double[] bias, Plane y) {
    for (int i = 0; i < outputHeight * outputWidth; i++) {
      y.set(i, bias[neuron]);
    }
    for (int tap = 0; tap < taps(); tap++) {
      double weight = weight(neuron, tap);
      pairs(tap, (output, input) -> y.set(output, y.get(output) + weight * x.get(input)));
    }
  }

  static INDArray transpose(Convolution layer, INDArray gradient, INDArray result) {
    DepthwiseKernels kernels = new DepthwiseKernels(layer, result.shape());
    Planes in = kernels.outputs(gradient);
    Planes out = Planes.writing(result, kernels.height * kernels.width);
    out.inParallel(
        (from, to) -> {
          Plane message = in.plane();
          Plane x = out.plane();
          for (int plane = from; plane < to; plane++) {
            x.clear();
            for (int i = plane * kernels.multiplier; i < (plane + 1) * kernels.multiplier; i++) {
              kernels.spread(message.load(i), i % kernels.neurons, x);
            }
            x.store(plane);
          }
        });
    return out.written();
  }

  private void spread(Plane message, int neuron, Plane x) {
    for (int tap = 0; tap < taps(); tap++) {
      double weight = weight(neuron, tap);
      pairs(tap, (output, input) -> x.set(input, x.get(input) + weight * message.get(output)));
    }
  }

  static INDArray weightGradient(
      Convolution layer, INDArray input, INDArray gradient, INDArray result) {
    DepthwiseKernels kernels = new DepthwiseKernels(layer, input.shape());
    Planes in = kernels.inputs(input);
    Planes arrived = kernels.outputs(gradient);
    Planes out = Planes.writing(result, kernels.taps());
    out.inParallel(
        (from, to) -> {
          Plane x = in.plane();
          Plane message = arrived.plane();
          Plane sums = out.plane();
          for (int neuron = from; neuron < to; neuron++) {
            double[] all = new double[kernels.taps()];
            for (int image = 0; image < kernels.images; image++) {
              int plane = image * kernels.neurons + neuron;
              x.load(plane / kernels.multiplier);
              kernels.correlate(x, message.load(plane), all);
            }
            for (int tap = 0; tap < all.length; tap++) {
              sums.set(tap, all[tap]);
            }
            sums.store(neuron);
          }
        });
    return out.written();
  }

  private void correlate(Plane x, Plane message, double... sums) {
    for (int i = 0; i < sums.length; i++) {
      int tap = i;
      pairs(tap, (output, input) -> sums[tap] += x.get(input) * message.get(output));
    }
  }
}
