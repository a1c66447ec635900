package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.explain4j.api.Metric;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class DegradationBitsTest {
  @Test
  void curvesHaveTheSameBitsInAnyBatchAndOnAnyNumberOfThreads() {
    assumeTrue(OneDnn.isAvailable(), "ND4J's own operations promise no equal bits.");
    Network compiled = Networks.convolutional().cast(DataType.FLOAT);
    INDArray images = Networks.inputs(compiled, 9, 3);
    INDArray maps = Networks.inputs(compiled, 9, 5);
    int before = Workers.limit();
    try {
      Workers.limit(2);
      double[][] whole = curves(compiled, images, maps);
      assertThat(curves(compiled, images, maps)).isDeepEqualTo(whole);
      for (int i = 0; i < 9; i++) {
        INDArray image = Batches.slice(images, i, i + 1);
        INDArray map = Batches.slice(maps, i, i + 1);
        assertThat(curves(compiled, image, map)[0]).as("image %d alone", i).isEqualTo(whole[i]);
      }
      Workers.limit(1);
      assertThat(curves(compiled, images, maps)).as("one thread").isDeepEqualTo(whole);
    } finally {
      Workers.limit(before);
    }
  }

  private static double[][] curves(Network network, INDArray images, INDArray maps) {
    int[] explained = new int[(int) images.size(0)];
    return new Degradation(2, 100)
        .evaluate(new Metric.Evaluation(network, images, explained, (x, c) -> x, maps))
        .curves()
        .get(0)
        .values();
  }
}
