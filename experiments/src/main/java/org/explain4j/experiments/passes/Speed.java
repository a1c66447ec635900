package org.explain4j.experiments.passes;

import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Setup;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How fast this machine is at the moment.
 *
 * @param forward seconds to read one example and pass it through the network
 * @param single multiplications and additions per second of a matrix product in the network's type
 * @param twofold likewise in float64
 * @param examples that {@code forward} was measured on
 */
record Speed(double forward, double single, double twofold, int examples) {
  private static final int EXAMPLES = 8;
  private static final int GEMM = 1024;

  /**
   * Times a few examples of split A, after a first round to warm up, and two matrix products of
   * each type.
   */
  static Speed measure(Setup setup) {
    Part part = setup.parts().a();
    int examples = Math.min(EXAMPLES, Math.min(part.size(), setup.experiment().batch()));
    double forward = 0;
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      try (INDArray inputs = part.inputs(setup.model().preprocessing(), 0, examples)) {
        setup.network().forward(inputs).close();
      }
      forward = (System.nanoTime() - start) / 1e9 / examples;
    }
    return new Speed(forward, gemm(setup.network().dataType()), gemm(DataType.DOUBLE), examples);
  }

  private static double gemm(DataType type) {
    double best = Double.MAX_VALUE;
    try (INDArray a = Nd4j.ones(type, GEMM, GEMM);
        INDArray b = Nd4j.ones(type, GEMM, GEMM);
        INDArray c = Nd4j.zeros(type, GEMM, GEMM)) {
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        Nd4j.gemm(a, b, c, false, true, 1, 0);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
    }
    return 2.0 * GEMM * GEMM * GEMM / best;
  }

  /** Seconds per example of a pass. */
  double seconds(double flops, double doubleFlops) {
    return forward + flops / single + doubleFlops / twofold;
  }

  String text() {
    return ("the forward pass of %d examples (%.4f s each, reading included) and the arithmetic of"
            + " the sums at %.0f (float32) and %.0f (float64) GFLOPS, measured just now on matrix"
            + " products of %d")
        .formatted(examples, forward, single / 1e9, twofold / 1e9, GEMM);
  }
}
