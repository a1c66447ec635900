package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.explain4j.api.Split;
import org.explain4j.network.numpy.NumpyArray;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows of an array, each with a label.
 *
 * @param title of the array as the experiment file has it
 * @param layout of its axes
 * @param masks of its rows, non-zero inside
 * @param scale what the numbers are multiplied by
 */
record LabelledRows(
    String title,
    NumpyArray array,
    ImageLayout layout,
    int[] classes,
    Optional<NumpyArray> masks,
    double scale)
    implements Split {

  /** The shape of one. */
  List<Long> example() {
    return layout.example(array.shape());
  }

  @Override
  public int size() {
    return classes.length;
  }

  @Override
  public INDArray inputs(int... indices) {
    double[] numbers = read(array, indices);
    float[] values = new float[numbers.length];
    if (layout.isChannelsLast(array.shape())) {
      int channels = Math.toIntExact(array.shape().get(3));
      int plane = array.width() / channels;
      for (int i = 0; i < values.length; i++) {
        int within = i % array.width();
        int from = i - within + within % plane * channels + within / plane;
        values[i] = (float) (scale * numbers[from]);
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (scale * numbers[i]);
      }
    }
    return Nd4j.create(values, shape(indices.length, example()), 'c');
  }

  @Override
  public Optional<INDArray> masks(int... indices) {
    return masks.map(
        rows -> {
          double[] numbers = read(rows, indices);
          float[] values = new float[numbers.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = numbers[i] == 0 ? 0 : 1;
          }
          List<Long> shape = rows.shape();
          return Nd4j.create(
              values, shape(indices.length, shape.subList(shape.size() - 2, shape.size())), 'c');
        });
  }

  private double[] read(NumpyArray rows, int... indices) {
    try {
      return rows.read(indices);
    } catch (IOException e) {
      throw new UncheckedIOException(title + " can no longer be read.", e);
    }
  }

  private static long[] shape(int rows, List<Long> one) {
    return LongStream.concat(LongStream.of(rows), one.stream().mapToLong(Long::longValue))
        .toArray();
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
    return title + "[" + index + "]";
  }
}
