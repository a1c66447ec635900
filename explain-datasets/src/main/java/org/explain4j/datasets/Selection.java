package org.explain4j.datasets;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Split;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples of a split.
 *
 * @param chosen their indices in {@code all}
 */
public record Selection(Split all, int[] chosen) implements Split {

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public INDArray inputs(int... indices) {
    return all.inputs(original(indices));
  }

  @Override
  public int[] labels(int... indices) {
    return all.labels(original(indices));
  }

  @Override
  public Optional<INDArray> masks(int... indices) {
    return all.masks(original(indices));
  }

  @Override
  public String name(int index) {
    return all.name(original(index)[0]);
  }

  private int[] original(int... indices) {
    return IntStream.of(indices).map(index -> chosen[checked(index)]).toArray();
  }

  private int checked(int index) {
    if (index < 0 || index >= chosen.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no example %d: there are %d, counted from 0.",
              index,
              chosen.length));
    }
    return index;
  }
}
