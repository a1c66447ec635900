package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.assertj.core.data.Offset;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.moments.MiniBatches;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdamBatchesTest {
  private static final int NEURONS = 5;
  private static final int SAMPLES = 40;
  private static final int SIZE = 8;

  private final SyntheticLayer synthetic = SyntheticLayer.of(NEURONS, 12, 1);
  private final INDArray split = synthetic.draw(300, 3);
  private final INDArray samples = synthetic.draw(SAMPLES, 5);

  /** z = w'x, by the sign of z + b, and both targets, less their means on the whole split. */
  @Test
  void partsAndTargetsAreCentredOnTheSplitTheyAreDrawnFrom() {
    LayerSamples b = new LayerSamples(synthetic.layer(), split);
    try (AdamBatches batches =
        new AdamBatches(synthetic.layer(), b.moments(), new InOrder(samples, SIZE), 9)) {
      List<AdamBatch> next = batches.next(SAMPLES / SIZE);
      assertThat(next).hasSize(SAMPLES / SIZE);
      for (int j = 0; j < NEURONS; j++) {
        double bias = synthetic.layer().bias().getDouble(j);
        int neuron = j;
        assertIs(next, batch -> batch.positive(neuron), j, z -> z + bias > 0 ? z : 0);
        assertIs(next, batch -> batch.negative(neuron), j, z -> z + bias > 0 ? 0 : z);
        assertIs(next, batch -> batch.target(RegressionTarget.PRE, neuron), j, z -> z + bias);
        assertIs(
            next,
            batch -> batch.target(RegressionTarget.POST, neuron),
            j,
            z -> Math.max(0, z + bias));
      }
    }
  }

  /** At y = 0 exactly a neuron is not active: all of z is in z-. */
  @Test
  void aSampleOnTheEdgeIsInactive() {
    Dense layer = new Dense(Nd4j.createFromArray(new float[][] {{1}}), Nd4j.createFromArray(-2f));
    INDArray x = Nd4j.createFromArray(new float[][] {{2}, {5}, {2.0000002f}, {1}});
    LayerSamples b = new LayerSamples(layer, x);
    double meanPositive = b.moments().meanPositive().getDouble(0);
    double meanNegative = b.moments().meanNegative().getDouble(0);
    try (AdamBatches batches = new AdamBatches(layer, b.moments(), new InOrder(x, 4), 1)) {
      AdamBatch batch = batches.next(1).get(0);
      double[] above = {0, 5, 2.0000002f, 0};
      double[] below = {2, 0, 0, 1};
      for (int i = 0; i < 4; i++) {
        assertThat(batch.positive(0)[i] + meanPositive).isCloseTo(above[i], Offset.offset(1e-6));
        assertThat(batch.negative(0)[i] + meanNegative).isCloseTo(below[i], Offset.offset(1e-6));
      }
    }
  }

  /** With as many inputs as that, four samples at a time are multiplied by the weights. */
  @Test
  void ofWideLayersSamplesAreMultipliedAFewAtATime() {
    int d = 1 << 19;
    int n = 9;
    Dense layer = new Dense(Nd4j.valueArrayOf(new long[] {1, d}, 1f / d, DataType.FLOAT), bias());
    INDArray x = Nd4j.zeros(DataType.FLOAT, n, d);
    x.addiColumnVector(Nd4j.arange(1, n + 1).castTo(DataType.FLOAT)); // x_i = i, so that z_i = i
    LayerSamples b = new LayerSamples(layer, x);
    LayerMoments moments = LayerMoments.of(layer, false);
    moments.addSamples(x);
    try (AdamBatches batches = new AdamBatches(layer, moments, b.minibatches(n, 1), 1)) {
      float[] positive = batches.next(1).get(0).positive(0);
      int[] drawn = b.minibatches(n, 1).next();
      for (int i = 0; i < n; i++) {
        assertThat((double) positive[i]).isCloseTo(drawn[i] - 4, Offset.offset(1e-4));
      }
    }
  }

  private static INDArray bias() {
    return Nd4j.createFromArray(1f);
  }

  @Test
  void noMoreMiniBatchesAreReadThanAreAskedFor() {
    LayerSamples b = new LayerSamples(synthetic.layer(), split);
    InOrder drawn = new InOrder(samples, SIZE);
    try (AdamBatches batches = new AdamBatches(synthetic.layer(), b.moments(), drawn, 2)) {
      assertThat(batches.next(5)).hasSize(2);
      assertThat(batches.next(1)).hasSize(1);
      assertThat(drawn.first.get()).isEqualTo(3 * SIZE);
    }
  }

  /** Mini-batches of the samples in their order. */
  private record InOrder(INDArray all, int size, AtomicInteger first) implements MiniBatches {
    InOrder(INDArray all, int size) {
      this(all, size, new AtomicInteger());
    }

    @Override
    public long width() {
      return all.size(1);
    }

    @Override
    public int samples() {
      return (int) all.size(0);
    }

    @Override
    public int[] next() {
      int from = first.getAndAdd(size);
      return IntStream.range(from, from + size).toArray();
    }

    @Override
    public void read(int[] numbers, INDArray into) {
      for (int i = 0; i < numbers.length; i++) {
        into.getRow(i).assign(all.getRow(numbers[i]));
      }
    }
  }

  private void assertIs(
      List<AdamBatch> batches, Function<AdamBatch, float[]> of, int neuron, DoubleUnaryOperator f) {
    double mean = StatUtils.mean(values(split, neuron, f));
    double[] expected = values(samples, neuron, f);
    for (int i = 0; i < SAMPLES; i++) {
      float number = of.apply(batches.get(i / SIZE))[i % SIZE];
      assertThat((double) number).isCloseTo(expected[i] - mean, Offset.offset(1e-4));
    }
  }

  private double[] values(INDArray of, int neuron, DoubleUnaryOperator function) {
    INDArray weights = synthetic.layer().weights().getRow(neuron);
    return IntStream.range(0, (int) of.size(0))
        .mapToDouble(i -> of.getRow(i).mul(weights).sumNumber().doubleValue())
        .map(function)
        .toArray();
  }
}
