package org.explain4j.network;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The inputs one after another along the channels: {@code [n,c1+c2+..,h,w]}. */
public record Concat() implements Layer {

  @Override
  public LayerKind kind() {
    return LayerKind.CONCAT;
  }

  @Override
  public List<Long> outputShape(List<List<Long>> inputs) {
    if (inputs.isEmpty()
        || inputs.stream().map(s -> s.subList(1, s.size())).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "A concatenation takes inputs that differ only in their channels, not " + inputs);
    }
    List<Long> output = new ArrayList<>(inputs.get(0));
    output.set(0, inputs.stream().mapToLong(shape -> shape.get(0)).sum());
    return List.copyOf(output);
  }

  @Override
  public INDArray forward(List<INDArray> inputs) {
    return Nd4j.concat(1, inputs.toArray(INDArray[]::new));
  }

  @Override
  public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    List<INDArray> parts = new ArrayList<>();
    long from = 0;
    for (INDArray input : inputs) {
      long to = from + input.size(1);
      INDArrayIndex[] part = {NDArrayIndex.all(), NDArrayIndex.interval(from, to)};
      parts.add(gradient.get(part).dup('c'));
      from = to;
    }
    return parts;
  }
}
