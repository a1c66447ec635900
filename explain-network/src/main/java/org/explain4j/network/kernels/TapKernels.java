package org.explain4j.network.kernels;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.KernelPlane;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Shift;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.Kernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The transpose of a convolution whose input has few channels, such as a network's first. A native
 * one fills up a vector register of channels for each tap of the kernel; here channels and taps
 * together are the outputs of one 1x1 convolution, which are then shifted and added up.
 */
public final class TapKernels {
  /** Channels times taps up to which this is faster: two vector registers of float32. */
  private static final long FEW = 32;

  private TapKernels() {}

  public static boolean suits(Convolution layer) {
    return layer.groups() == 1
        && layer.fanIn() <= FEW
        && layer.window().strideY() == 1
        && layer.window().strideX() == 1;
  }

  /** As {@link ConvolutionKernels#transpose}, of a convolution that {@link #suits}. */
  public static INDArray transpose(
      INDArray gradient, INDArray weights, Window window, long[] inputShape) {
    Convolution byTap = byTap(weights);
    INDArray result = Buffers.uninitialized(gradient, inputShape);
    Workers.run(
        gradient.size(0),
        Math.max(weights.size(0), byTap.neurons()) * gradient.size(2) * gradient.size(3),
        (from, to) -> {
          try (INDArray outputs = byTap.forward(Workers.slice(gradient, from, to))) {
            add(outputs, window, Workers.slice(result, from, to));
          }
        });
    byTap.weights().close();
    return result;
  }

  /** Adds up each channel's taps. */
  private static void add(INDArray outputs, Window window, INDArray images) {
    long[] image = images.shape();
    Planes taps = Planes.reading(outputs, Math.toIntExact(outputs.size(2) * outputs.size(3)));
    Planes channels = Planes.writing(images, Math.toIntExact(image[2] * image[3]));
    List<Shift> shifts = shifts(window, outputs.shape(), image);
    add(taps.kernel(), shifts, channels.kernel(), channels.count());
    channels.written();
  }

  /** Where each tap's outputs go to in the image. */
  private static List<Shift> shifts(Window window, long[] outputs, long[] image) {
    List<Shift> shifts = new ArrayList<>();
    for (int y = 0; y < window.height(); y++) {
      for (int x = 0; x < window.width(); x++) {
        shifts.add(
            new Shift(
                (int) outputs[2],
                (int) outputs[3],
                (int) image[2],
                (int) image[3],
                y * window.dilationY() - window.top(),
                x * window.dilationX() - window.left()));
      }
    }
    return shifts;
  }

  private static void add(KernelPlane tap, List<Shift> shifts, KernelPlane channel, int channels) {
    for (int c = 0, t = 0; c < channels; c++) {
      channel.clear();
      for (int i = 0; i < shifts.size(); i++, t++) {
        channel.add(tap.load(t), shifts.get(i));
      }
      channel.store(c);
    }
  }

  /** The same as a step of a program: the outputs of {@link #byTap} to an image. */
  public static Kernel adding(Window window, long[] outputs, long[] image) {
    List<Shift> shifts = shifts(window, outputs, image);
    int places = Math.toIntExact(outputs[2] * outputs[3]);
    int pixels = Math.toIntExact(image[2] * image[3]);
    return arrays -> {
      KernelPlane tap = KernelPlane.of(arrays.get(0), places);
      KernelPlane channel = KernelPlane.of(arrays.get(1), pixels);
      return () -> add(tap, shifts, channel, (int) image[1]);
    };
  }

  /** The weights of the 1x1 convolution with an output for each channel and tap. */
  public static Convolution byTap(INDArray weights) {
    long neurons = weights.size(0);
    long taps = weights.length() / neurons;
    INDArray kernel = weights.reshape('c', neurons, taps).transpose().dup('c');
    INDArray none = Nd4j.zeros(weights.dataType(), taps);
    return new Convolution(kernel.reshape('c', taps, neurons, 1, 1), none, Window.square(1));
  }
}
