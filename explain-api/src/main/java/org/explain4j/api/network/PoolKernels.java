package org.explain4j.api.network;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pooling in plain Java over the planes of a batch: ND4J's own pooling gradients take longer than
 * the convolutions around them, and know neither ceil mode nor the first-maximum rule.
 */
final class PoolKernels {
  private PoolKernels() {}

  static INDArray max(INDArray input, Window window, List<Long> outputShape) {
    return pool(input, window, outputShape, PoolKernels::maximum);
  }

  static INDArray average(
      INDArray input, Window window, List<Long> outputShape, boolean countPadding) {
    return pool(
        input,
        window,
        outputShape,
        (plane, p) -> {
          double sum = 0;
          for (int y = p.y0; y < p.y1; y += p.dy) {
            for (int x = p.x0; x < p.x1; x += p.dx) {
              sum += plane[y * p.width + x];
            }
          }
          return sum / p.count(countPadding);
        });
  }

  private static double maximum(double[] plane, Place p) {
    return plane[p.firstMaximum(plane)];
  }

  static INDArray maxBackward(INDArray input, INDArray output, INDArray gradient, Window window) {
    return unpool(
        input.shape(),
        gradient,
        window,
        input,
        (plane, p, g, target) -> target[p.firstMaximum(plane)] += g);
  }

  static INDArray averageBackward(
      long[] inputShape, INDArray gradient, Window window, boolean countPadding) {
    return unpool(
        inputShape,
        gradient,
        window,
        null,
        (plane, p, g, target) -> {
          double share = g / p.count(countPadding);
          for (int y = p.y0; y < p.y1; y += p.dy) {
            for (int x = p.x0; x < p.x1; x += p.dx) {
              target[y * p.width + x] += share;
            }
          }
        });
  }

  private interface Reduce {
    double apply(double[] plane, Place place);
  }

  private interface Spread {
    void apply(double[] plane, Place place, double gradient, double[] target);
  }

  private static INDArray pool(INDArray input, Window window, List<Long> shape, Reduce reduce) {
    int oh = Math.toIntExact(shape.get(1));
    int ow = Math.toIntExact(shape.get(2));
    int h = (int) input.size(2);
    int w = (int) input.size(3);
    int planes = (int) (input.size(0) * input.size(1));
    double[][] out = new double[planes][];
    double[] all = input.dup('c').data().asDouble();
    IntStream.range(0, planes)
        .parallel()
        .forEach(
            i -> {
              double[] plane = java.util.Arrays.copyOfRange(all, i * h * w, (i + 1) * h * w);
              double[] result = new double[oh * ow];
              Place place = new Place(window, h, w);
              for (int y = 0; y < oh; y++) {
                for (int x = 0; x < ow; x++) {
                  place.move(y, x);
                  result[y * ow + x] = reduce.apply(plane, place);
                }
              }
              out[i] = result;
            });
    return assemble(out, input.dataType(), new long[] {input.size(0), input.size(1), oh, ow});
  }

  private static INDArray unpool(
      long[] shape, INDArray gradient, Window window, INDArray input, Spread spread) {
    int h = (int) shape[2];
    int w = (int) shape[3];
    int oh = (int) gradient.size(2);
    int ow = (int) gradient.size(3);
    int planes = (int) (shape[0] * shape[1]);
    double[][] out = new double[planes][];
    double[] g = gradient.dup('c').data().asDouble();
    double[] all = input == null ? null : input.dup('c').data().asDouble();
    IntStream.range(0, planes)
        .parallel()
        .forEach(
            i -> {
              double[] plane =
                  all == null
                      ? null
                      : java.util.Arrays.copyOfRange(all, i * h * w, (i + 1) * h * w);
              double[] target = new double[h * w];
              Place place = new Place(window, h, w);
              for (int y = 0; y < oh; y++) {
                for (int x = 0; x < ow; x++) {
                  place.move(y, x);
                  spread.apply(plane, place, g[(i * oh + y) * ow + x], target);
                }
              }
              out[i] = target;
            });
    return assemble(out, gradient.dataType(), shape);
  }

  private static INDArray assemble(double[][] planes, DataType type, long[] shape) {
    double[] flat =
        java.util.Arrays.stream(planes).flatMapToDouble(java.util.Arrays::stream).toArray();
    return Nd4j.createFromArray(flat).castTo(type).reshape('c', shape);
  }

  /** One window's place on a plane: the pixels it covers, clipped to the image. */
  private static final class Place {
    final Window window;
    final int height;
    final int width;
    final int dy;
    final int dx;
    int y0;
    int y1;
    int x0;
    int x1;
    private int paddedPixels;

    Place(Window window, int height, int width) {
      this.window = window;
      this.height = height;
      this.width = width;
      this.dy = window.dilationY();
      this.dx = window.dilationX();
    }

    void move(int row, int column) {
      int top = row * window.strideY() - window.top();
      int left = column * window.strideX() - window.left();
      y0 = top < 0 ? top + (-top + dy - 1) / dy * dy : top;
      x0 = left < 0 ? left + (-left + dx - 1) / dx * dx : left;
      y1 = Math.min(top + window.extentY(), height);
      x1 = Math.min(left + window.extentX(), width);
      paddedPixels =
          taps(top, Math.min(top + window.extentY(), height + window.bottom()), dy)
              * taps(left, Math.min(left + window.extentX(), width + window.right()), dx);
    }

    private static int taps(int from, int to, int step) {
      return (to - from + step - 1) / step;
    }

    int count(boolean padding) {
      return padding ? paddedPixels : taps(y0, y1, dy) * taps(x0, x1, dx);
    }

    int firstMaximum(double[] plane) {
      int best = y0 * width + x0;
      for (int y = y0; y < y1; y += dy) {
        for (int x = x0; x < x1; x += dx) {
          if (plane[y * width + x] > plane[best]) {
            best = y * width + x;
          }
        }
      }
      return best;
    }
  }
}
