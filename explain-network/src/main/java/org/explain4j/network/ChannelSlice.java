package org.explain4j.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Some of the channels.
 *
 * @param from first channel, inclusive
 * @param to last channel, exclusive
 */
public record ChannelSlice(long from, long to) implements UnaryLayer {

  public ChannelSlice {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Channels from %d (inclusive) to %d (exclusive) are not a slice.",
              from,
              to));
    }
  }

  @Override
  public LayerKind kind() {
    return LayerKind.RESHAPE;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    if (input.isEmpty() || input.get(0) < to) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "A slice of channels %d to %d was given %s.", from, to, input));
    }
    List<Long> output = new ArrayList<>(input);
    output.set(0, to - from);
    return List.copyOf(output);
  }

  @Override
  public INDArray forward(INDArray input) {
    return input.get(channels()).dup('c');
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    INDArray whole = Nd4j.create(gradient.dataType(), input.shape(), 'c');
    whole.get(channels()).assign(gradient);
    return whole;
  }

  private INDArrayIndex[] channels() {
    return new INDArrayIndex[] {NDArrayIndex.all(), NDArrayIndex.interval(from, to)};
  }
}
