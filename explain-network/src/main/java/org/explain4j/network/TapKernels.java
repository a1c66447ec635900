package org.explain4j.network;

import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.KernelPlane;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Shift;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The transpose of a convolution whose input has few channels, such as a network's first. A native
 * one fills up a vector register of channels for each tap of the kernel; here channels and taps
 * together are the outputs of one 1x1 convolution, which are then shifted and added up.
 */
final class TapKernels {
  /** Channels times taps up to which this is faster: two vector registers of float32. */
  private static final long FEW = 32;

  private TapKernels() {}

  static boolean suits(INDArray weights, Window window) {
    return weights.length() / weights.size(0) <= FEW
        && window.strideY() == 1
        && window.strideX() == 1;
  }

  /** As {@link ConvolutionKernels#transpose}, of a convolution that {@link #suits}. */
  static INDArray transpose(INDArray gradient, INDArray weights, Window window, long[] inputShape) {
    long neurons = weights.size(0);
    long taps = weights.length() / neurons;
    INDArray result = Buffers.uninitialized(gradient, inputShape);
    try (INDArray byTap = weights.reshape('c', neurons, taps).transpose().dup('c')) {
      INDArray kernel = byTap.reshape('c', taps, neurons, 1, 1);
      Workers.run(
          gradient.size(0),
          Math.max(neurons, taps) * gradient.size(2) * gradient.size(3),
          (from, to) -> {
            INDArray part = Workers.slice(gradient, from, to);
            try (INDArray none = Nd4j.zeros(part.dataType(), taps);
                INDArray outputs =
                    ConvolutionKernels.forward(part, kernel, none, Window.square(1))) {
              add(outputs, window, Workers.slice(result, from, to));
            }
          });
    }
    return result;
  }

  /** Adds up each channel's taps. */
  private static void add(INDArray outputs, Window window, INDArray images) {
    int rows = (int) outputs.size(2);
    int columns = (int) outputs.size(3);
    int height = (int) images.size(2);
    int width = (int) images.size(3);
    Planes taps = Planes.reading(outputs, rows * columns);
    Planes channels = Planes.writing(images, height * width);
    KernelPlane tap = taps.kernel();
    KernelPlane channel = channels.kernel();
    for (int c = 0, t = 0; c < channels.count(); c++) {
      channel.clear();
      for (int y = 0; y < window.height(); y++) {
        int down = y * window.dilationY() - window.top();
        for (int x = 0; x < window.width(); x++, t++) {
          int right = x * window.dilationX() - window.left();
          channel.add(tap.load(t), new Shift(rows, columns, height, width, down, right));
        }
      }
      channel.store(c);
    }
    channels.written();
  }
}
