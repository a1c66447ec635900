package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.methods.rules.Fixtures.assertClose;
import static org.explain4j.methods.rules.Fixtures.convolution;
import static org.explain4j.methods.rules.Fixtures.node;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Product;
import org.explain4j.network.Window;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What passes a signal on where layers scale, repeat or gate it. */
class SignalRulesTest {
  private static final List<Long> IMAGE = List.of(2L, 6L, 6L);

  /** PatternNet's signal at a repeated factor: the message over the other one, added up. */
  @Test
  void theSignalOfARepeatedFactorIsSummed() {
    INDArray small = Networks.normal(1, 2, 3, 1, 1);
    INDArray large = Networks.normal(2, 2, 3, 4, 5);
    Product layer = new Product();
    List<INDArray> factors = List.of(small, large);
    Site site =
        new Site(new Node("product", layer, List.of("a", "b")), factors, layer.forward(factors));
    INDArray message = Networks.normal(3, 2, 3, 4, 5);
    List<INDArray> signals =
        new ProductRule(ProductRule.Share.SIGNAL, ProductRule.NONE).propagate(site, message);
    assertClose(signals.get(0).reshape(2, 3), message.div(large).muli(0.5).sum(2, 3));
    assertClose(signals.get(1), message.mul(0.5).div(small.broadcast(2, 3, 4, 5)));
  }

  /** A gate stays one through layers that move, pool by means or scale, and through no other. */
  @Test
  void aGateIsFoundThroughLayersThatOnlyMoveOrScale() {
    Layer mean = new AveragePool(Window.square(2).stride(2));
    Layer maximum = new MaxPool(Window.square(2).stride(2));
    Layer scale = new Affine(Networks.normal(1, 2), Networks.normal(2, 2));
    Layer move = new Flatten();
    assertThat(gateOf(mean, new Flatten())).isZero();
    assertThat(gateOf(scale, move)).isZero();
    assertThat(gateOf(move)).isZero();
    assertThat(gateOf(maximum, move)).isEqualTo(ProductRule.NONE);
    assertThat(gateOf(convolution(3, 2, 2), move)).isEqualTo(ProductRule.NONE);
  }

  /** Of sigmoid(x), passed through some layers, times the input, which goes through them, too. */
  private static int gateOf(Layer... layers) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(node("sigmoid", Activation.of(ActivationFunction.SIGMOID), Network.INPUT));
    String gate = "sigmoid";
    String signal = Network.INPUT;
    for (int i = 0; i < layers.length; i++) {
      nodes.add(node("gate" + i, layers[i], gate));
      nodes.add(node("signal" + i, layers[i], signal));
      gate = "gate" + i;
      signal = "signal" + i;
    }
    nodes.add(node("product", new Product(), gate, signal));
    Network network = new Network(IMAGE, nodes);
    PropagationRule rule = new ProductRule(ProductRule.Share.RELEVANCE);
    return ((ProductRule) rule.in(network, network.output())).gate();
  }

  /** 1 / scale, but nothing through a channel that is not scaled but lost. */
  @Test
  void aScaleOfZeroPassesNoSignal() {
    Affine layer =
        new Affine(Nd4j.createFromArray(2.0, 0.0, -4.0), Nd4j.createFromArray(1.0, 1, 1));
    INDArray x = Networks.normal(1, 1, 3);
    Site site = new Site(new Node("a", layer, List.of("x")), List.of(x), layer.forward(x));
    INDArray message = Nd4j.createFromArray(new double[][] {{8, 8, 8}});
    assertThat(Gradients.unscaled().propagate(site, message).get(0).toDoubleVector())
        .containsExactly(4, 0, -2);
  }

  @Test
  void theSignalOfANormalisationIsTheMessageOverItsFactors() {
    Normalisation layer = Normalisation.layer(1e-3);
    INDArray x = Networks.normal(1, 2, 7);
    Site site = new Site(new Node("norm", layer, List.of("x")), List.of(x), layer.forward(x));
    INDArray message = Networks.normal(2, 2, 7);
    INDArray signal = NormalisationRule.signal().propagate(site, message).get(0);
    assertClose(signal, message.div(layer.factors(x)));
    assertThat(Relevance.statistics().at(layer).reason()).contains("Achtibat");
  }
}
