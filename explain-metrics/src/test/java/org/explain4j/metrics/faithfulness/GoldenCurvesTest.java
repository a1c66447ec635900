package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Curves against an independent float64 numpy implementation. */
class GoldenCurvesTest {
  private static final Degradation METRIC = new Degradation(4, 49);
  private static final Groups GRID = Groups.patches(new Pixels(1, 28, 28), 4);

  @ParameterizedTest
  @CsvSource({
    "gradient, captum/gradient",
    "guided_backprop, captum/guided_backprop",
    "lrp_0, zennit/lrp_0",
    "integrated_gradients, captum/integrated_gradients_gausslegendre",
    "patternattr_pos, backproj/patternattr_pos",
    "patternattr_lin, backproj/patternattr_lin",
    "patternattr_Sw, backproj/patternattr_Sw"
  })
  void orders(String name, String attribution) {
    INDArray maps = Shared.npy("golden/" + attribution);
    INDArray expected = Shared.npy("golden/curve/order_" + name);
    for (int i = 0; i < maps.size(0); i++) {
      double[] scores = GRID.sums(maps.slice(i).dup('c').data().asDouble());
      assertThat(Order.DESCENDING.of(scores, i)).containsExactly(expected.getRow(i).toIntVector());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradient", "patternattr_pos", "random"})
  void probabilitiesInFloat32FromTheStoredOrder(String name) {
    compare(name, DataType.FLOAT, 1e-5);
  }

  @Test
  void probabilitiesInFloat64() {
    compare("lrp_0", DataType.DOUBLE, 1e-9);
  }

  private static void compare(String name, DataType type, double tolerance) {
    Network network = Shared.goldenNetwork(type);
    INDArray inputs = Shared.npy("golden/inputs").castTo(type);
    INDArray maps = maps(Shared.npy("golden/curve/order_" + name));
    int n = (int) (type == DataType.DOUBLE ? 4 : inputs.size(0));
    var rows = NDArrayIndex.interval(0, n);
    int[] classes = Arrays.copyOf(Shared.goldenClasses(), n);
    Metric.Result result =
        METRIC.evaluate(
            new Metric.Evaluation(
                network, inputs.get(rows).dup(), classes, (x, c) -> x, maps.get(rows).dup()));
    INDArray expected = Shared.npy("golden/curve/prob_" + name);
    for (int i = 0; i < n; i++) {
      assertThat(result.curves().get(0).values()[i])
          .containsExactly(expected.getRow(i).toDoubleVector(), within(tolerance));
    }
  }

  /** Attributions that rank the patches as stored. */
  private static INDArray maps(INDArray order) {
    INDArray maps = Nd4j.zeros(DataType.DOUBLE, order.size(0), 1, 28, 28);
    for (int i = 0; i < order.size(0); i++) {
      for (int rank = 0; rank < 49; rank++) {
        int patch = order.getInt(i, rank);
        maps.putScalar(new int[] {i, 0, patch / 7 * 4, patch % 7 * 4}, 49 - rank);
      }
    }
    return maps;
  }
}
