package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.explain4j.methods.rules.Fixtures.assertClose;
import static org.explain4j.methods.rules.Fixtures.convolution;
import static org.explain4j.methods.rules.Fixtures.node;

import java.util.List;
import org.explain4j.api.Attributor;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.backpropagation.DeepLift;
import org.explain4j.methods.backpropagation.LrpZero;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Activations;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.NormPool;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Product;
import org.explain4j.network.Resize;
import org.explain4j.network.Window;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rules at layers beyond ReLU networks, against loops from the papers and what they promise. */
class GatingAndNormalisationRulesTest {
  private static final List<Long> IMAGE = List.of(2L, 6L, 6L);

  @Test
  void theSignalTakesAllWhicheverInputItIs() {
    PropagationRule rule = new EpsilonRule(1e-3, true);
    for (boolean gateFirst : new boolean[] {false, true}) {
      Network gated = gated(gateFirst, Activation.of(ActivationFunction.SIGMOID));
      INDArray inputs = Networks.normal(1, 3, 4);
      INDArray start = Networks.normal(2, 3, 4);
      Network signal = new Network(List.of(4L), gated.nodes().subList(0, 1));
      INDArray expected = Relevance.composite(rule).backward(signal, signal.forward(inputs), start);
      assertClose(
          Relevance.composite(rule).backward(gated, gated.forward(inputs), start), expected);
    }
  }

  @Test
  void twoSignalsGetHalfEach() {
    Network network = gated(false, Activation.of(ActivationFunction.SILU));
    Site site = site(network, "product", Networks.normal(1, 3, 4));
    INDArray message = Networks.normal(2, 3, 4);
    PropagationRule rule = Relevance.product().in(network, network.node("product"));
    for (INDArray half : rule.propagate(site, message)) {
      assertClose(half.mul(2), message);
    }
  }

  /** A gate that is a half everywhere is a layer of scale one half. */
  @Test
  void aConstantGateIsALayerOfThatScale() {
    Network network = gated(false, Activation.of(ActivationFunction.SIGMOID));
    Node product = network.node("product");
    Site site = site(network, "product", Networks.normal(1, 3, 4));
    INDArray message = Networks.normal(2, 3, 4);
    List<INDArray> signal =
        Gradients.signal(PropagationRule.gradient())
            .ruleOf(product)
            .in(network, product)
            .propagate(site, message);
    assertClose(signal.get(0).mul(site.inputs().get(1)), message);
    assertThat(signal.get(1).norm2Number().doubleValue()).isZero();
    List<INDArray> share =
        Gradients.attribution(PropagationRule.gradient())
            .ruleOf(product)
            .in(network, product)
            .propagate(site, message);
    assertClose(share.get(0), message);
  }

  private static Network gated(boolean gateFirst, Activation activation) {
    Dense signal = new Dense(Networks.normal(3, 4, 4), Networks.normal(4, 4));
    Dense gate = new Dense(Networks.normal(5, 4, 4), Networks.normal(6, 4));
    List<String> factors = gateFirst ? List.of("gate", "signal") : List.of("signal", "gate");
    return new Network(
        List.of(4L),
        List.of(
            new Node("signal", signal, List.of(Network.INPUT)),
            new Node("excited", gate, List.of(Network.INPUT)),
            new Node("gate", activation, List.of("excited")),
            new Node("product", new Product(), factors)));
  }

  private static Site site(Network network, String node, INDArray inputs) {
    Activations flow = network.forward(inputs);
    return new Site(
        network.node(node), flow.inputs(network.node(node)), flow.output(network.node(node)));
  }

  /** What the repeated factor gets is summed over where it was repeated. */
  @Test
  void relevanceOfARepeatedSignalIsSummed() {
    INDArray small = Networks.normal(1, 2, 3, 1, 1);
    INDArray large = Networks.normal(2, 2, 3, 4, 5);
    Product layer = new Product();
    Site site =
        new Site(
            new Node("product", layer, List.of("a", "b")),
            List.of(small, large),
            layer.forward(List.of(small, large)));
    INDArray message = Networks.normal(3, 2, 3, 4, 5);
    List<INDArray> shares =
        new ProductRule(ProductRule.Share.RELEVANCE, 1).propagate(site, message);
    assertClose(shares.get(0).reshape(2, 3), message.sum(2, 3));
    assertThat(shares.get(1).norm2Number().doubleValue()).isZero();
  }

  /** Ali et al. 2022, Eq. 10, over the numbers of one set. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-2})
  void theNormalisationRuleIsThatOfThePaper(double epsilon) {
    Normalisation layer = Normalisation.layer(1e-3);
    INDArray x = Networks.normal(1, 2, 7);
    INDArray y = layer.forward(x);
    INDArray r = Networks.normal(2, 2, 7);
    Site site = new Site(new Node("norm", layer, List.of("x")), List.of(x), y);
    INDArray shares = new NormalisationRule(epsilon).propagate(site, r).get(0);
    for (int n = 0; n < 2; n++) {
      double s = layer.factors(x).getDouble(n, 0);
      for (int i = 0; i < 7; i++) {
        double sum = 0;
        for (int j = 0; j < 7; j++) {
          double contribution = x.getDouble(n, i) * ((i == j ? 1 : 0) - 1.0 / 7) * s;
          double z = y.getDouble(n, j);
          sum += contribution / (z + (z >= 0 ? epsilon : -epsilon)) * r.getDouble(n, j);
        }
        assertThat(shares.getDouble(n, i)).isCloseTo(sum, within(1e-9));
      }
    }
    if (epsilon == 0) {
      assertClose(shares.sum(1), r.sum(1));
    }
  }

  /** Without biases nothing is lost, whatever the activations, gates and normalisations. */
  @Test
  void relevanceIsConserved() {
    Network network =
        new Network(
            IMAGE,
            List.of(
                node("stem", convolution(1, 4, 2), Network.INPUT),
                node("swish", Activation.of(ActivationFunction.SILU), "stem"),
                node("squeezed", new AveragePool(Window.square(6)), "swish"),
                node("excited", convolution(2, 4, 4), "squeezed"),
                node("gate", Activation.of(ActivationFunction.SIGMOID), "excited"),
                node("gated", new Product(), "swish", "gate"),
                node("norm", new Normalisation(new Normalisation.Channels(1e-3)), "gated"),
                node("mixed", convolution(3, 3, 4), "norm"),
                node("gelu", Activation.of(ActivationFunction.GELU), "mixed"),
                node("length", new NormPool(Window.square(2).stride(2), false, 2), "gelu"),
                node("total", AveragePool.sum(Window.square(2), false), "length"),
                node(
                    "large",
                    Resize.to(
                        List.of(3L, 2L, 2L),
                        3,
                        3,
                        Resize.Mode.LINEAR,
                        Resize.Coordinates.HALF_PIXEL),
                    "total"),
                node("flat", new Flatten(), "large"),
                node("layer", Normalisation.layer(1e-3), "flat"),
                node(
                    "fc",
                    new Dense(Networks.normal(4, 3, 27), Networks.normal(5, 3).muli(0)),
                    "layer")));
    INDArray inputs = Networks.normal(9, 2, 2, 6, 6);
    int[] classes = {0, 2};
    INDArray relevance =
        new LrpZero(true, Start.LOGIT).bind(Subject.of(network)).attribute(inputs, classes);
    INDArray logits = network.logits(inputs);
    for (int n = 0; n < 2; n++) {
      assertThat(relevance.slice(n).sumNumber().doubleValue())
          .isCloseTo(logits.getDouble(n, classes[n]), within(1e-7));
    }
  }

  /** DeepLIFT's summation to delta, through every kind of layer. */
  @Test
  void deepLiftIsCompleteOnEveryKindOfLayer() {
    Network network = Networks.gated();
    INDArray inputs = Networks.inputs(network, 3, 7);
    int[] classes = {0, 2, 1};
    Attributor attributor = new DeepLift().bind(Subject.of(network));
    INDArray shares = attributor.attribute(inputs, classes);
    INDArray difference = network.logits(inputs).sub(network.logits(inputs.mul(0)));
    for (int n = 0; n < 3; n++) {
      double expected = difference.getDouble(n, classes[n]);
      assertThat(Math.abs(expected)).isGreaterThan(1e-3);
      assertThat(shares.slice(n).sumNumber().doubleValue()).isCloseTo(expected, within(1e-8));
    }
  }

  @Test
  void gatesOfOtherActivationsPassThePositivePartOfTheGradient() {
    Activation layer = Activation.of(ActivationFunction.SILU);
    INDArray x = Networks.normal(1, 2, 9).muli(3);
    Site site = new Site(new Node("a", layer, List.of("x")), List.of(x), layer.forward(x));
    INDArray message = Networks.normal(2, 2, 9);
    for (PropagationRule rule : List.of(Gradients.guided(), Gradients.rectified())) {
      INDArray passed = rule.propagate(site, message).get(0);
      for (int i = 0; i < 18; i++) {
        double slope = ActivationFunction.SILU.derivative(x.getDouble(i), 1);
        double expected = Math.max(0, slope * message.getDouble(i));
        assertThat(passed.getDouble(i)).isCloseTo(expected, within(1e-12));
      }
      assertThat(rule.at(layer).reason()).contains("positive part");
      assertThat(rule.at(Activation.RELU).isExact()).isTrue();
    }
  }

  @Test
  void equalSharesOfSumsAndNormsAreThoseOfMeans() {
    Window window = Window.square(2).stride(2);
    INDArray x = Networks.normal(1, 1, 2, 4, 4);
    INDArray message = Networks.normal(2, 1, 2, 2, 2);
    INDArray expected = new AveragePool(window).backward(x, message, message);
    for (Layer layer : List.of(AveragePool.sum(window, false), new NormPool(window, false, 2))) {
      Site site = new Site(new Node("p", layer, List.of("x")), List.of(x), message);
      assertClose(Relevance.equal().propagate(site, message).get(0), expected);
    }
  }

  @Test
  void everyKindOfLayerSaysWhatItsRuleIs() {
    Network network = Networks.gated();
    assertThat(Composite.gradient().applicability(network).isExact()).isTrue();
    assertThat(Relevance.composite(new EpsilonRule(1e-6, true)).applicability(network).reason())
        .contains(
            "zennit",
            "('swish' and 4 more)",
            "Arras et al. 2017) ('gated')",
            "Achtibat et al. 2024) ('both')",
            "LN-rule");
    assertThat(Gradients.signal(PropagationRule.gradient()).applicability(network).reason())
        .contains("derivative", "('swish' and 4 more)", "constant scale", "('norms')");
    assertThat(Relevance.composite(new EpsilonRule(1e-6, true)).ruleOf(network.node("gated")))
        .hasToString("signal takes all");
    assertThat(
            Composite.gradient()
                .with(LayerKind.ACTIVATION, Gradients.guided())
                .applicability(Networks.graph())
                .isExact())
        .isTrue();
  }
}
