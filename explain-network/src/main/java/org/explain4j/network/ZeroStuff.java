package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Zeros between an image's pixels, which come to lie {@code y} rows and {@code x} columns apart. A
 * transposed convolution is this, padding, and a convolution with its weights turned by 180
 * degrees.
 */
public record ZeroStuff(int y, int x) implements UnaryLayer {

  public ZeroStuff {
    if (y < 1 || x < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Distances of %d rows and %d columns must be at least 1.", y, x));
    }
  }

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    Shapes.requireImage("Stuffing with zeros", input);
    return List.of(input.get(0), (input.get(1) - 1) * y + 1, (input.get(2) - 1) * x + 1);
  }

  @Override
  public INDArray forward(INDArray input) {
    long[] shape = Shapes.withBatch(input.size(0), outputShapeOf(Shapes.example(input)));
    INDArray stuffed = Nd4j.create(input.dataType(), shape, 'c');
    stuffed.get(pixels(stuffed)).assign(input);
    return stuffed;
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return gradient.get(pixels(gradient)).dup('c');
  }

  private INDArrayIndex[] pixels(INDArray stuffed) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(), NDArrayIndex.all(), every(y, stuffed.size(2)), every(x, stuffed.size(3))
    };
  }

  private static INDArrayIndex every(int step, long size) {
    return size == 1 ? NDArrayIndex.all() : NDArrayIndex.interval(0, step, size);
  }
}
