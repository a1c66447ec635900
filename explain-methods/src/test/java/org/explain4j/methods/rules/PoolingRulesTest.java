package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Convolution;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The rules at pooling and at padded borders, against their formulas. */
class PoolingRulesTest {
  private static final double EPSILON = 1e-3;

  @Test
  void averagePoolingSharesInProportion() {
    INDArray x = Nd4j.createFromArray(1.0, 3.0, 0.0, 4.0).reshape(1, 1, 2, 2);
    INDArray r = Nd4j.createFromArray(16.0).reshape(1, 1, 1, 1);
    AveragePool pool = new AveragePool(Window.square(2));
    assertThat(run(Relevance.proportional(), pool, x, r).data().asDouble())
        .containsExactly(new double[] {2, 6, 0, 8}, within(1e-12));
    INDArray zero = run(Relevance.proportional(), pool, x.mul(0), r);
    assertThat(zero.data().asDouble()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void overlappingAndPaddedPoolingFollowsTheFormula() {
    Window window = Window.square(3).pad(1).stride(2);
    INDArray x = Networks.normal(3, 1, 2, 7, 6);
    AveragePool average = new AveragePool(window);
    MaxPool max = new MaxPool(window);
    INDArray r = Networks.normal(4, average.forward(x).shape());
    // A pool is linear in x: its weights are what one-hot inputs give, whatever it divides by.
    int inputs = (int) x.length();
    int outputs = (int) r.length();
    double[] given = r.data().asDouble();
    double[] values = x.data().asDouble();
    double[] z = average.forward(x).data().asDouble();
    double[] shares = new double[inputs];
    int[] winners = new int[outputs];
    Arrays.fill(winners, -1);
    for (int i = 0; i < inputs; i++) {
      INDArray single = x.like();
      single.data().put(i, 1);
      double[] weights = average.forward(single).data().asDouble();
      for (int j = 0; j < outputs; j++) {
        shares[i] += values[i] * weights[j] / z[j] * given[j];
        boolean wins = winners[j] < 0 || values[i] > values[winners[j]];
        winners[j] = weights[j] > 0 && wins ? i : winners[j];
      }
    }
    double[] won = new double[inputs];
    for (int j = 0; j < outputs; j++) {
      won[winners[j]] += given[j];
    }
    assertThat(run(Relevance.proportional(), average, x, r).dup('c').data().asDouble())
        .containsExactly(shares, within(1e-9));
    assertThat(run(PropagationRule.gradient(), max, x, r).dup('c').data().asDouble())
        .containsExactly(won, within(1e-9));
  }

  @Test
  void maxPoolingHandsAllToTheFirstWinner() {
    INDArray x = Nd4j.createFromArray(1.0, 4.0, 0.0, 4.0).reshape(1, 1, 2, 2);
    INDArray r = Nd4j.createFromArray(16.0).reshape(1, 1, 1, 1);
    MaxPool pool = new MaxPool(Window.square(2));
    assertThat(run(PropagationRule.gradient(), pool, x, r).data().asDouble())
        .containsExactly(0, 16, 0, 0);
  }

  @Test
  void paddingThatTakesAShareLosesIt() {
    INDArray weights = Networks.normal(1, 3, 2, 3, 3);
    INDArray bias = Networks.normal(2, 3);
    Convolution padded = new Convolution(weights, bias, Window.square(3).pad(1));
    Convolution plain = new Convolution(weights, bias, Window.square(3));
    INDArray x = Networks.normal(3, 2, 2, 6, 5);
    INDArray wide = Nd4j.zeros(DataType.DOUBLE, 2, 2, 8, 7);
    INDArrayIndex[] image = {
      NDArrayIndex.all(),
      NDArrayIndex.all(),
      NDArrayIndex.interval(1, 7),
      NDArrayIndex.interval(1, 6)
    };
    wide.get(image).assign(x);
    INDArray message = Networks.normal(4, 2, 3, 6, 5);
    for (WeightRule rule : List.of(WeightRule.flat(0), WeightRule.square(true, EPSILON))) {
      INDArray onAll = run(rule, plain, wide, message);
      INDArray lost = run(rule.with(PaddingShare.LOST), padded, x, message);
      assertThat(lost.dup('c').data().asDouble())
          .containsExactly(onAll.get(image).dup('c').data().asDouble(), within(1e-12));
    }
  }

  @Test
  void maxPoolingMayShareEquallyOverTheWindowInsideTheImage() {
    INDArray x = Networks.normal(3, 1, 1, 3, 3);
    INDArray r = Nd4j.createFromArray(12.0, 18.0, 24.0, 36.0).reshape(1, 1, 2, 2);
    MaxPool pool = new MaxPool(Window.square(3).pad(1).stride(2));
    assertThat(run(Relevance.wholeWindow(), pool, x, r).data().asDouble())
        .containsExactly(
            new double[] {3, 3 + 4.5, 4.5, 3 + 6, 3 + 4.5 + 6 + 9, 4.5 + 9, 6, 6 + 9, 9},
            within(1e-12));
  }

  private static INDArray run(PropagationRule rule, Layer layer, INDArray x, INDArray message) {
    return rule.propagate(site(layer, x), message).get(0);
  }

  private static Site site(Layer layer, INDArray... inputs) {
    List<INDArray> list = List.of(inputs);
    return new Site(new Node("node", layer, List.of("input")), list, layer.forward(list));
  }
}
