package org.explain4j.experiments.setup;

import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Split;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A split whose classes have other numbers.
 *
 * @param outputs the new number of each class
 */
record Relabelled(Split all, int[] outputs) implements Split {

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public INDArray inputs(int... indices) {
    return all.inputs(indices);
  }

  @Override
  public int[] labels(int... indices) {
    return IntStream.of(all.labels(indices)).map(label -> outputs[label]).toArray();
  }

  @Override
  public Optional<INDArray> masks(int... indices) {
    return all.masks(indices);
  }

  @Override
  public String name(int index) {
    return all.name(index);
  }
}
