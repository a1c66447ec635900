package org.explain4j.api.network;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pooling in plain loops: ND4J's own pooling gradients take longer than the convolutions around
 * them, and know neither ceil mode nor the first-maximum rule.
 */
final class PoolKernels {
  private PoolKernels() {}

  static INDArray max(INDArray input, Window window, List<Long> outputShape) {
    return pool(
        input,
        window,
        outputShape,
        (plane, places, out) -> {
          for (int i = 0; i < places.count(); i++) {
            out[i] = plane[places.firstMaximum(i, plane)];
          }
        });
  }

  static INDArray average(
      INDArray input, Window window, List<Long> outputShape, boolean countPadding) {
    return pool(
        input,
        window,
        outputShape,
        (plane, places, out) -> {
          for (int i = 0; i < places.count(); i++) {
            out[i] = places.sum(i, plane) / places.pixels(i, countPadding);
          }
        });
  }

  static INDArray maxBackward(INDArray input, INDArray gradient, Window window) {
    return unpool(
        input,
        gradient,
        window,
        (plane, places, g, target) -> {
          for (int i = 0; i < places.count(); i++) {
            if (g[i] != 0) {
              target[places.firstMaximum(i, plane)] += g[i];
            }
          }
        });
  }

  static INDArray averageBackward(
      INDArray input, INDArray gradient, Window window, boolean countPadding) {
    return unpool(
        input,
        gradient,
        window,
        (plane, places, g, target) -> {
          for (int i = 0; i < places.count(); i++) {
            places.spread(i, g[i] / places.pixels(i, countPadding), target);
          }
        });
  }

  @FunctionalInterface
  private interface Reduce {
    void apply(double[] plane, PoolPlaces places, double[] out);
  }

  @FunctionalInterface
  private interface Spread {
    void apply(double[] plane, PoolPlaces places, double[] gradient, double[] target);
  }

  private static INDArray pool(INDArray input, Window window, List<Long> shape, Reduce reduce) {
    int height = (int) input.size(2);
    int width = (int) input.size(3);
    PoolPlaces places =
        PoolPlaces.of(window, height, width, shape.get(1).intValue(), shape.get(2).intValue());
    INDArray output =
        Nd4j.createUninitialized(input.dataType(), Shapes.withBatch(input.size(0), shape), 'c');
    Planes in = Planes.reading(input, height * width);
    Planes out = Planes.writing(output, places.count());
    Planes.inParallel(
        in.count(),
        (from, to) -> {
          Planes.Scratch source = in.scratch();
          Planes.Scratch target = out.scratch();
          for (int i = from; i < to; i++) {
            reduce.apply(in.read(i, source), places, target.values());
            out.write(i, target);
          }
        });
    return out.written();
  }

  private static INDArray unpool(INDArray input, INDArray gradient, Window window, Spread spread) {
    int height = (int) input.size(2);
    int width = (int) input.size(3);
    PoolPlaces places =
        PoolPlaces.of(window, height, width, (int) gradient.size(2), (int) gradient.size(3));
    INDArray result = Nd4j.createUninitialized(input.dataType(), input.shape(), 'c');
    Planes in = Planes.reading(input, height * width);
    Planes g = Planes.reading(gradient, places.count());
    Planes out = Planes.writing(result, height * width);
    Planes.inParallel(
        in.count(),
        (from, to) -> {
          Planes.Scratch source = in.scratch();
          Planes.Scratch message = g.scratch();
          Planes.Scratch target = out.scratch();
          for (int i = from; i < to; i++) {
            Arrays.fill(target.values(), 0);
            spread.apply(in.read(i, source), places, g.read(i, message), target.values());
            out.write(i, target);
          }
        });
    return out.written();
  }
}
