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

/** Samples are numbered: sample i is (2i, 2i+1). */
class MiniBatchesTest {
  private static LayerSamples samples(int n, DataType type) {
    INDArray numbers = Nd4j.createFromArray(IntStream.range(0, 2 * n).toArray());
    Dense layer = new Dense(Nd4j.ones(type, 3, 2), Nd4j.zeros(type, 3));
    return new LayerSamples(layer, numbers.castTo(type).reshape(n, 2));
  }

  private static int[] drawn(MiniBatches batches, DataType type) {
    int[] numbers = batches.next();
    INDArray batch = Nd4j.zeros(type, numbers.length, batches.width());
    batches.read(numbers, batch);
    assertThat(batch.getColumn(0).div(2).toIntVector()).containsExactly(numbers);
    assertThat(batch.getColumn(1).sub(batch.getColumn(0)).toDoubleVector()).containsOnly(1);
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, FLOAT", "FLOAT, DOUBLE", "DOUBLE, FLOAT"})
  void anEpochHasEachSampleOnceInAnotherOrderThanTheOneBefore(DataType kept, DataType read) {
    MiniBatches batches = samples(20, kept).minibatches(5, 7);
    int[][] epochs = new int[3][];
    for (int e = 0; e < epochs.length; e++) {
      epochs[e] = IntStream.range(0, 4).flatMap(i -> Arrays.stream(drawn(batches, read))).toArray();
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
              .flatMap(i -> Arrays.stream(drawn(batches, DataType.FLOAT)))
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
    int[] numbers = all.next();
    assertThat(column.next()).containsExactly(numbers);
    assertThat(column.size()).isEqualTo(4);
    assertThat(column.samples()).isEqualTo(10);
    INDArray both = Nd4j.zeros(type, 4, 2);
    INDArray second = Nd4j.zeros(type, 4, 1);
    all.read(numbers, both);
    column.read(numbers, second);
    assertThat(second.toDoubleVector()).containsExactly(both.getColumn(1).toDoubleVector());
  }
}
