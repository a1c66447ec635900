package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.LongStream;
import org.explain4j.api.Split;
import org.explain4j.network.numpy.NumpyArray;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows of an array with a label each.
 *
 * @param scale what the numbers are multiplied by
 */
record LabelledRows(NumpyArray array, int[] classes, double scale) implements Split {

  @Override
  public int size() {
    return classes.length;
  }

  @Override
  public INDArray inputs(int... indices) {
    double[] numbers;
    try {
      numbers = array.read(indices);
    } catch (IOException e) {
      throw new UncheckedIOException(array.name() + " cannot be read any more.", e);
    }
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * numbers[i]);
    }
    long[] shape =
        LongStream.concat(
                LongStream.of(indices.length),
                array.shape().stream().skip(1).mapToLong(Long::longValue))
            .toArray();
    return Nd4j.create(values, shape, 'c');
  }

  @Override
  public int[] labels(int... indices) {
    int[] labels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      labels[i] = classes[indices[i]];
    }
    return labels;
  }

  @Override
  public String name(int index) {
    return "%s[%d]".formatted(array.name(), index);
  }
}
