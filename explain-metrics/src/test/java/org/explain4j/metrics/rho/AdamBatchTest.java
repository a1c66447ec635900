package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.assertj.core.data.Offset;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.moments.MiniBatches;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class AdamBatchTest {
  private static final int NEURONS = 5;
  private static final int SAMPLES = 40;

  private final SyntheticLayer synthetic = SyntheticLayer.of(NEURONS, 12, 1);
  private final INDArray split = synthetic.draw(300, 3);
  private final INDArray samples = synthetic.draw(SAMPLES, 5);

  /** z = w'x, by the sign of z + b, and both targets, less their means on the whole split. */
  @Test
  void partsAndTargetsAreCentredOnTheSplitTheyAreDrawnFrom() {
    LayerSamples b = new LayerSamples(synthetic.layer(), split);
    try (AdamBatch batch = new AdamBatch(synthetic.layer(), b.moments(), new InOrder(samples))) {
      batch.next();
      for (int j = 0; j < NEURONS; j++) {
        double bias = synthetic.layer().bias().getDouble(j);
        assertIs(batch.positive(j), j, z -> z + bias > 0 ? z : 0);
        assertIs(batch.negative(j), j, z -> z + bias > 0 ? 0 : z);
        assertIs(batch.target(RegressionTarget.PRE, j), j, z -> z + bias);
        assertIs(batch.target(RegressionTarget.POST, j), j, z -> Math.max(0, z + bias));
      }
    }
  }

  private record InOrder(INDArray samples) implements MiniBatches {
    @Override
    public int size() {
      return (int) samples.size(0);
    }

    @Override
    public long width() {
      return samples.size(1);
    }

    @Override
    public void next() {}

    @Override
    public void read(int from, int to, INDArray into) {
      into.assign(Workers.slice(samples, from, to));
    }
  }

  private void assertIs(float[] numbers, int neuron, DoubleUnaryOperator of) {
    double mean = StatUtils.mean(values(split, neuron, of));
    double[] expected = values(samples, neuron, of);
    assertThat(numbers).hasSize(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat((double) numbers[i]).isCloseTo(expected[i] - mean, Offset.offset(1e-4));
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
