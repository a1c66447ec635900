package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Random graphs over the operators that are read, refereed by ONNX Runtime. */
class RandomGraphTest {
  private static final double TOLERANCE = 1e-4;

  @Test
  void hundredGraphsGiveWhatOnnxRuntimeGives() throws IOException {
    assertAgree(1, 100);
  }

  @Test
  @Tag("exhaustive")
  void fiveHundredGraphsGiveWhatOnnxRuntimeGives() throws IOException {
    assertAgree(101, 500);
  }

  private static void assertAgree(int first, int last) throws IOException {
    for (int seed = first; seed <= last; seed++) {
      RandomGraph graph = new RandomGraph(seed);
      INDArray batch = graph.batch(3);
      INDArray expected = Referee.run(graph.bytes(), batch);
      Network network = new OnnxReader().read(graph.bytes(), "graph " + seed).network();
      INDArray input =
          graph.isChannelsLast(network.inputShape()) ? batch.permute(0, 3, 1, 2).dup('c') : batch;
      double distance = Shared.distance(network.logits(input), expected);
      assertThat(distance).as("graph %d: %s", seed, graph).isLessThan(TOLERANCE);
    }
  }
}
