package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.explain4j.network.arrays.Buffers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code y = scale * x + shift} per channel: batch normalisation that could not be folded into a
 * linear layer. Each output has a single input, so there is no distractor to separate from the
 * signal.
 *
 * @param scale {@code [c]}
 * @param shift {@code [c]}
 */
public record Affine(INDArray scale, INDArray shift) implements UnaryLayer {

  public Affine {
    if (scale.rank() != 1 || shift.rank() != 1 || scale.length() != shift.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An affine layer takes scale [c] and shift [c], not %s and %s.",
              scale.shapeInfoToString(),
              shift.shapeInfoToString()));
    }
  }

  /** The same layer with its arrays in this floating-point type. */
  public Affine cast(DataType type) {
    return new Affine(scale.castTo(type), shift.castTo(type));
  }

  @Override
  public LayerKind kind() {
    return LayerKind.AFFINE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    if (input.isEmpty() || input.get(0) != scale.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An affine layer with %d channels was given %s.",
              scale.length(),
              input));
    }
    return input;
  }

  @Override
  public INDArray forward(INDArray input) {
    INDArray scaled = scaled(input);
    return Nd4j.getExecutioner().exec(new BroadcastAddOp(scaled, shift, scaled, 1));
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return scaled(gradient);
  }

  private INDArray scaled(INDArray array) {
    INDArray result = Buffers.uninitialized(array, array.shape());
    return Nd4j.getExecutioner().exec(new BroadcastMulOp(array, scale, result, 1));
  }
}
