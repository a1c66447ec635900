package org.explain4j.methods.rules;

import java.util.List;
import java.util.Locale;
import org.explain4j.network.Network;
import org.explain4j.network.Shapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Examples that are constant in each channel: the corners of a box, a baseline. */
public final class ChannelValues {
  private ChannelValues() {}

  /**
   * Equal examples.
   *
   * @param values one per channel, or one for all
   * @param like a batch of the shape {@code [n,c,h,w]} or {@code [n,d]}; for vectors only a single
   *     value
   * @param count number of examples, m
   * @return {@code [m,c,h,w]} or {@code [m,d]}, of the batch's type
   */
  public static INDArray examples(List<Double> values, INDArray like, long count) {
    long[] shape = like.shape().clone();
    shape[0] = count;
    return examples(values, like.dataType(), shape);
  }

  /** One such example, {@code [1,...]}, of a network's input shape and type. */
  public static INDArray example(List<Double> values, Network network) {
    return examples(values, network.dataType(), Shapes.withBatch(1, network.inputShape()));
  }

  static INDArray examples(List<Double> values, DataType type, long... shape) {
    if (values.size() == 1) {
      return Nd4j.valueArrayOf(shape, values.get(0), type);
    }
    if (values.size() != shape[1]) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There are %d values, but the input has %d channels.\nMaybe give a single value for all.",
              values.size(),
              shape[1]));
    }
    INDArray examples = Nd4j.create(type, shape, 'c');
    for (int c = 0; c < values.size(); c++) {
      examples.get(NDArrayIndex.all(), NDArrayIndex.point(c)).assign(values.get(c));
    }
    return examples;
  }
}
