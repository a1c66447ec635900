package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Zeros around the image, in pixels for each side; at least 0. */
public record ZeroPad(int top, int left, int bottom, int right) implements UnaryLayer {

  public ZeroPad {
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Padding [top %d, left %d, bottom %d, right %d] must not be negative.",
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
    Shapes.requireImage("Zero padding", input);
    return List.of(input.get(0), input.get(1) + top + bottom, input.get(2) + left + right);
  }

  @Override
  public INDArray forward(INDArray input) {
    INDArray padded =
        Nd4j.create(
            input.dataType(),
            Shapes.withBatch(input.size(0), outputShapeOf(Shapes.example(input))),
            'c');
    padded.get(inner(input)).assign(input);
    return padded;
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return gradient.get(inner(input)).dup('c');
  }

  private INDArrayIndex[] inner(INDArray input) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(),
      NDArrayIndex.all(),
      NDArrayIndex.interval(top, top + input.size(2)),
      NDArrayIndex.interval(left, left + input.size(3))
    };
  }
}
