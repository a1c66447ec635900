package org.explain4j.network.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import org.explain4j.network.RandomNetwork;
import org.explain4j.network.onednn.OneDnn;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class DenseProgramsTest {
  private static final int ROWS = 8;

  /** Also with DNNL_MAX_CPU_ISA=AVX2 in the environment, where products of eight fail here. */
  @Test
  void anExamplesBitsAreTheSameInEveryPlaceOfABatch() {
    assumeTrue(OneDnn.isAvailable(), "ND4J's own operations promise no equal bits.");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      long d = random.nextInt(1, 300);
      long k = random.nextInt(1, 60);
      INDArray weights = RandomNetwork.normal(random, 1, k, d);
      INDArray bias = RandomNetwork.normal(random, 1, k);
      INDArray x = RandomNetwork.normal(random, 1, 1, d);
      INDArray g = RandomNetwork.normal(random, 1, 1, k);
      INDArray up = DensePrograms.forward(x, weights, bias).orElseThrow();
      requireRows(DensePrograms.forward(repeated(x), weights, bias).orElseThrow(), up);
      INDArray down = DensePrograms.transpose(g, weights).orElseThrow();
      requireRows(DensePrograms.transpose(repeated(g), weights).orElseThrow(), down);
    }
  }

  private static INDArray repeated(INDArray row) {
    return row.repeat(0, ROWS);
  }

  private static void requireRows(INDArray found, INDArray row) {
    assertThat(found.dup('c').data().asFloat()).isEqualTo(repeated(row).dup('c').data().asFloat());
  }
}
