package org.explain4j.experiments.pictures;

import org.explain4j.api.Split;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A part of a dataset that has nothing in it. */
record NoImages() implements Split {
  @Override
  public int size() {
    return 0;
  }

  @Override
  public INDArray inputs(int... indices) {
    throw new IndexOutOfBoundsException("There are no images.");
  }

  @Override
  public int[] labels(int... indices) {
    return new int[0];
  }

  @Override
  public String name(int index) {
    throw new IndexOutOfBoundsException("There are no images.");
  }
}
