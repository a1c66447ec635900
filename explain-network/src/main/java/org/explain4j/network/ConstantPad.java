package org.explain4j.network;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A constant around the image.
 *
 * @param edges how many pixels on each side
 * @param value in all channels
 */
public record ConstantPad(ZeroPad edges, double value) implements UnaryLayer {

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return edges.outputShapeOf(input);
  }

  /** The rest is padded with zeros, so that the image itself is not rounded. */
  @Override
  public INDArray forward(INDArray input) {
    INDArray padded = edges.forward(input);
    try (INDArray zeros = input.mul(0);
        INDArray ones = zeros.add(1);
        INDArray inside = edges.forward(ones)) {
      return padded.addi(inside.rsubi(1).muli(value));
    }
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return edges.backward(input, output, gradient);
  }
}
