package org.explain4j.network.moments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.explain4j.network.Dense;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Samples are numbered: sample i is (2i, 2i+1). */
class MiniBatchesTest {
  private static LayerSamples samples(int n, DataType type) {
    INDArray numbers = Nd4j.createFromArray(IntStream.range(0, 2 * n).toArray());
    Dense layer = new Dense(Nd4j.ones(type, 3, 2), Nd4j.zeros(type, 3));
    return new LayerSamples(layer, numbers.castTo(type).reshape(n, 2));
  }

  private static int[] drawn(MiniBatches batches, DataType type) {
    INDArray batch = Nd4j.zeros(type, batches.size(), batches.width());
    int middle = batches.size() / 2; // parts, as several threads read
    batches.read(middle, batches.size(), batch.get(interval(middle, batches.size())));
    batches.read(0, middle, batch.get(interval(0, middle)));
    assertThat(batch.getColumn(1).sub(batch.getColumn(0)).toDoubleVector()).containsOnly(1);
    return batch.getColumn(0).div(2).toIntVector();
  }

  private static INDArrayIndex interval(int from, int to) {
    return NDArrayIndex.interval(from, to);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, FLOAT", "FLOAT, DOUBLE", "DOUBLE, FLOAT"})
  void anEpochHasEachSampleOnceInAnotherOrderThanTheOneBefore(DataType kept, DataType read) {
    MiniBatches batches = samples(20, kept).minibatches(5, 7);
    int[][] epochs = new int[3][];
    for (int e = 0; e < epochs.length; e++) {
      epochs[e] =
          IntStream.range(0, 4)
              .flatMap(
                  i -> {
                    batches.next();
                    return Arrays.stream(drawn(batches, read));
                  })
              .toArray();
      assertThat(epochs[e]).containsExactlyInAnyOrder(IntStream.range(0, 20).toArray());
    }
    assertThat(epochs[0]).isNotEqualTo(epochs[1]);
    assertThat(epochs[1]).isNotEqualTo(epochs[2]);
  }

  /** Of 7 samples, two mini-batches of 3: the seventh is left out. */
  @ParameterizedTest
  @CsvSource({"3, 3", "7, 7", "8, 7"})
  void aMiniBatchIsOfOneEpoch(int asked, int size) {
    MiniBatches batches = samples(7, DataType.FLOAT).minibatches(asked, 1);
    assertThat(batches.size()).isEqualTo(size);
    for (int epoch = 0; epoch < 3; epoch++) {
      int[] all =
          IntStream.range(0, 7 / size)
              .flatMap(
                  i -> {
                    batches.next();
                    return Arrays.stream(drawn(batches, DataType.FLOAT));
                  })
              .toArray();
      assertThat(all).doesNotHaveDuplicates().hasSize(7 / size * size);
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT", "DOUBLE"})
  void aGroupSeesItsColumns(DataType type) {
    LayerSamples whole = samples(10, type);
    MiniBatches all = whole.minibatches(4, 3);
    MiniBatches column = new LayerData.GroupBatches(whole.minibatches(4, 3), 1, 1);
    all.next();
    column.next();
    assertThat(column.size()).isEqualTo(4);
    INDArray both = Nd4j.zeros(type, 4, 2);
    INDArray second = Nd4j.zeros(type, 2, 1);
    all.read(0, 4, both);
    column.read(1, 3, second);
    assertThat(second.toDoubleVector()).containsExactly(both.getDouble(1, 1), both.getDouble(2, 1));
  }
}
