package org.explain4j.network;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code [n,c,h,w]} to {@code [n,c*h*w]}.
 *
 * @param channelsLast whether the entries come in the order h, w, c, as in Keras' images, instead
 *     of c, h, w
 */
public record Flatten(boolean channelsLast) implements UnaryLayer {

  /** In the order c, h, w. */
  public Flatten() {
    this(false);
  }

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    return List.of(Shapes.size(input));
  }

  @Override
  public INDArray forward(INDArray input) {
    INDArray ordered = moves(input) ? input.permute(0, 2, 3, 1).dup('c') : input;
    return ordered.reshape('c', input.size(0), -1);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    if (!moves(input)) {
      return gradient.reshape('c', input.shape());
    }
    return gradient
        .reshape('c', input.size(0), input.size(2), input.size(3), input.size(1))
        .permute(0, 3, 1, 2)
        .dup('c');
  }

  private boolean moves(INDArray input) {
    return channelsLast && input.rank() == 4;
  }
}
