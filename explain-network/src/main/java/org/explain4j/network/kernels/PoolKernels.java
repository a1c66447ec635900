package org.explain4j.network.kernels;

import java.util.List;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.KernelPlane;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.PoolPlaces;
import org.explain4j.network.arrays.PoolPlaces.Divisor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling in plain loops: ND4J's own pooling gradients take longer than the convolutions around
 * them, and know neither ceil mode nor the first-maximum rule.
 */
public final class PoolKernels {
  private PoolKernels() {}

  public static INDArray max(INDArray input, Window window, List<Long> outputShape) {
    PoolPlaces places = places(input, window, outputShape.get(1), outputShape.get(2));
    return pool(input, outputShape, (plane, out) -> out.maxima(places, plane));
  }

  public static INDArray average(
      INDArray input, Window window, List<Long> outputShape, Divisor divisor) {
    PoolPlaces places = places(input, window, outputShape.get(1), outputShape.get(2));
    return pool(input, outputShape, (plane, out) -> places.means(plane, divisor, out));
  }

  public static INDArray maxBackward(INDArray input, INDArray gradient, Window window) {
    PoolPlaces places = places(input, window, gradient.size(2), gradient.size(3));
    INDArray result = Buffers.uninitialized(input, input.shape());
    int pixels = (int) (input.size(2) * input.size(3));
    Planes in = Planes.reading(input, pixels);
    Planes messages = Planes.reading(gradient, places.count());
    Planes out = Planes.writing(result, pixels);
    in.inParallel(
        (from, to) -> {
          KernelPlane plane = in.kernel();
          KernelPlane message = messages.kernel();
          KernelPlane target = out.kernel();
          for (int p = from; p < to; p++) {
            target.spread(places, plane.load(p), message.load(p));
            target.store(p);
          }
        });
    return out.written();
  }

  public static INDArray averageBackward(
      INDArray input, INDArray gradient, Window window, Divisor divisor) {
    PoolPlaces places = places(input, window, gradient.size(2), gradient.size(3));
    INDArray result = Buffers.uninitialized(input, input.shape());
    Planes messages = Planes.reading(gradient, places.count());
    Planes out = Planes.writing(result, (int) (input.size(2) * input.size(3)));
    out.inParallel(
        (from, to) -> {
          KernelPlane message = messages.kernel();
          KernelPlane target = out.kernel();
          for (int p = from; p < to; p++) {
            target.clear();
            places.spread(message.load(p), divisor, target);
            target.store(p);
          }
        });
    return out.written();
  }

  /** What one thread does with each plane. */
  @FunctionalInterface
  private interface Reduce {
    void apply(KernelPlane plane, KernelPlane out);
  }

  private static INDArray pool(INDArray input, List<Long> outputShape, Reduce reduce) {
    INDArray output =
        Buffers.uninitialized(
            input, input.size(0), outputShape.get(0), outputShape.get(1), outputShape.get(2));
    Planes in = Planes.reading(input, (int) (input.size(2) * input.size(3)));
    Planes results =
        Planes.writing(output, Math.toIntExact(outputShape.get(1) * outputShape.get(2)));
    in.inParallel(
        (from, to) -> {
          KernelPlane plane = in.kernel();
          KernelPlane out = results.kernel();
          for (int p = from; p < to; p++) {
            reduce.apply(plane.load(p), out);
            out.store(p);
          }
        });
    return results.written();
  }

  private static PoolPlaces places(INDArray input, Window w, long rows, long columns) {
    int height = (int) input.size(2);
    int width = (int) input.size(3);
    int[][] y =
        axis(height, (int) rows, w.strideY(), w.extentY(), w.dilationY(), w.top(), w.bottom());
    int[][] x =
        axis(width, (int) columns, w.strideX(), w.extentX(), w.dilationX(), w.left(), w.right());
    return new PoolPlaces(y[0], y[1], x[0], x[1], y[2], x[2], w.dilationY(), w.dilationX(), width);
  }

  private static int[][] axis(
      int size, int places, int stride, int extent, int step, int before, int after) {
    int[][] axis = new int[3][places];
    for (int i = 0; i < places; i++) {
      int from = i * stride - before;
      axis[0][i] = from < 0 ? from + (-from + step - 1) / step * step : from;
      axis[1][i] = Math.min(from + extent, size);
      axis[2][i] = (Math.min(from + extent, size + after) - from + step - 1) / step;
    }
    return axis;
  }
}
