package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Drops the image's edges, in pixels for each side; at least 0. The reverse of {@link ZeroPad}. */
public record Crop(int top, int left, int bottom, int right) implements UnaryLayer {

  public Crop {
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A crop of [top %d, left %d, bottom %d, right %d] must not be negative.",
              top,
              left,
              bottom,
              right));
    }
  }

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    Shapes.requireImage("A crop", input);
    long height = input.get(1) - top - bottom;
    long width = input.get(2) - left - right;
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A crop of [top %d, left %d, bottom %d, right %d] leaves nothing of %s.",
              top,
              left,
              bottom,
              right,
              input));
    }
    return List.of(input.get(0), height, width);
  }

  @Override
  public INDArray forward(INDArray input) {
    return input.get(inner(input)).dup('c');
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    INDArray whole = Nd4j.create(gradient.dataType(), input.shape(), 'c');
    whole.get(inner(input)).assign(gradient);
    return whole;
  }

  private INDArrayIndex[] inner(INDArray input) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.all(),
      NDArrayIndex.interval(top, input.size(2) - bottom),
      NDArrayIndex.interval(left, input.size(3) - right)
    };
  }
}
