package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reorders an image's axes: axis i of the output is axis {@code order.get(i)} of the input.
 *
 * @param order of 0, 1 and 2, which stand for c, h and w
 */
public record Permute(List<Integer> order) implements UnaryLayer {

  public Permute {
    order = List.copyOf(order);
    if (!order.stream().sorted().toList().equals(List.of(0, 1, 2))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The order %s must contain each of the axes 0, 1 and 2 once.", order));
    }
  }

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    Shapes.requireImage("A permutation", input);
    return order.stream().map(input::get).toList();
  }

  @Override
  public INDArray forward(INDArray input) {
    return permuted(input, order.stream().mapToInt(axis -> axis + 1));
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return permuted(gradient, IntStream.of(0, 1, 2).map(axis -> order.indexOf(axis) + 1));
  }

  private static INDArray permuted(INDArray array, IntStream axes) {
    return array.permute(IntStream.concat(IntStream.of(0), axes).toArray()).dup('c');
  }
}
