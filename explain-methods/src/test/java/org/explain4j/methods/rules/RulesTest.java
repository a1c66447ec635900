package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerChanges;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.propagation.CompilableRule;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Every rule again, naively, from its formula: loops over connections. */
class RulesTest {
  private static final double EPSILON = 1e-3;

  /** A rule by loops: relevance of the inputs, from the relevance of the outputs. */
  interface Slow {
    void pass(SlowTwin twin, int j, double message, double[] relevance);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(new EpsilonRule(0, true), epsilon(0, 1)),
        Arguments.of(new EpsilonRule(EPSILON, true), epsilon(EPSILON, 1)),
        Arguments.of(new EpsilonRule(EPSILON, false), epsilon(EPSILON, 0)),
        Arguments.of(new AlphaBetaRule(1, 0, Bias.IGNORED, EPSILON), alphaBeta(1, Bias.IGNORED)),
        Arguments.of(new AlphaBetaRule(2, 1, Bias.SPLIT, EPSILON), alphaBeta(2, Bias.SPLIT)),
        Arguments.of(new AlphaBetaRule(2, 1, Bias.WHOLE, EPSILON), alphaBeta(2, Bias.WHOLE)),
        Arguments.of(new GammaRule(0.5, Bias.SPLIT, EPSILON), gamma(0.5, Bias.SPLIT)),
        Arguments.of(new GammaRule(0.5, Bias.WHOLE, EPSILON), gamma(0.5, Bias.WHOLE)),
        Arguments.of(new GammaRule(0.5, Bias.IGNORED, EPSILON), gamma(0.5, Bias.IGNORED)),
        Arguments.of(WeightRule.square(false, EPSILON), square(0)),
        Arguments.of(WeightRule.square(true, EPSILON), square(1)),
        Arguments.of(WeightRule.flat(EPSILON), flat()),
        Arguments.of(new BoxRule(List.of(-2.0), List.of(3.0), EPSILON), box(-2, 3)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aDenseLayerFollowsTheFormula(PropagationRule rule, Slow slow) {
    Dense dense = new Dense(Networks.normal(1, 4, 6), Networks.normal(2, 4).muli(0.3));
    compare(rule, slow, dense, Networks.normal(3, 2, 6));
    compare(rule, slow, dense, Networks.normal(3, 2, 6).muli(Networks.normal(3, 2, 6)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aConvolutionPlainStridedAndPaddedFollowsTheFormula(PropagationRule rule, Slow slow) {
    INDArray weights = Networks.normal(1, 3, 2, 3, 3);
    INDArray bias = Networks.normal(2, 3).muli(0.3);
    Window plain = Window.square(3);
    compare(rule, slow, new Convolution(weights, bias, plain), Networks.normal(3, 2, 2, 6, 5));
    Window even = Window.square(3).pad(1).stride(2);
    compare(rule, slow, new Convolution(weights, bias, even), Networks.normal(3, 2, 2, 6, 5));
    Window uneven = Window.square(3).pad(0, 1, 2, 0).stride(2, 1);
    compare(rule, slow, new Convolution(weights, bias, uneven), Networks.normal(3, 2, 2, 6, 5));
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of(new EpsilonRule(EPSILON, true), "epsilon 0.001"),
        Arguments.of(new EpsilonRule(EPSILON, false), "epsilon 0.001, no bias"),
        Arguments.of(
            new AlphaBetaRule(2, 1, Bias.SPLIT, EPSILON), "alpha 2.0 beta 1.0, bias split"),
        Arguments.of(new GammaRule(0.5, Bias.IGNORED, EPSILON), "gamma 0.5, bias ignored"),
        Arguments.of(WeightRule.square(true, EPSILON), "w^2 with bias"),
        Arguments.of(WeightRule.flat(EPSILON), "flat"),
        Arguments.of(
            WeightRule.square(false, EPSILON).with(PaddingShare.LOST), "w^2, padding's share lost"),
        Arguments.of(new BoxRule(List.of(-2.0), List.of(3.0), EPSILON), "box from [-2.0] to [3.0]"),
        Arguments.of(new Unscaled(), "1 / scale"),
        Arguments.of(Relevance.equal(), "equal shares"),
        Arguments.of(Relevance.proportional(), "in proportion to contribution"),
        Arguments.of(new NormalisationRule(EPSILON), "LN-rule, epsilon 0.001"));
  }

  /** As the report has them: what differs in a setting is not called the same. */
  @ParameterizedTest
  @MethodSource("names")
  void aRuleIsNamedWithItsSettings(PropagationRule rule, String name) {
    assertThat(rule).hasToString(name);
  }

  @Test
  void otherWeightsOnTheWayDownFollowTheFormula() {
    Convolution layer =
        new Convolution(
            Networks.normal(1, 3, 2, 3, 3), Networks.normal(2, 3), Window.square(3).pad(1));
    LinearLayer patterns = layer.with(Networks.normal(9, 3, 2, 3, 3));
    INDArray x = Networks.normal(3, 1, 2, 6, 5);
    SlowTwin twin = new SlowTwin(patterns, x);
    INDArray message = Networks.normal(4, 1, 3, 6, 5);
    INDArray down = run(Gradients.replaced(Map.of("node", patterns)), layer, x, message);
    double[] expected = new double[(int) x.length()];
    for (int j = 0; j < twin.w.length; j++) {
      twin.give(expected, j, (xi, aij) -> aij, 1, message.data().getDouble(j));
    }
    assertThat(down.data().asDouble()).containsExactly(expected, within(1e-9));
  }

  @Test
  void rectifiersPassWhatTheirMethodSays() {
    INDArray x = Nd4j.createFromArray(new double[][] {{1, 1, -1, -1}});
    INDArray g = Nd4j.createFromArray(new double[][] {{2, -2, 2, -2}});
    assertThat(run(PropagationRule.gradient(), Activation.RELU, x, g).toDoubleVector())
        .containsExactly(2, -2, 0, 0);
    assertThat(run(Gradients.rectified(), Activation.RELU, x, g).toDoubleVector())
        .containsExactly(2, 0, 2, 0);
    assertThat(run(Gradients.guided(), Activation.RELU, x, g).toDoubleVector())
        .containsExactly(2, 0, 0, 0);
    assertThat(run(PropagationRule.pass(), Activation.RELU, x, g).toDoubleVector())
        .containsExactly(2, -2, 2, -2);
  }

  @Test
  void anAdditionSharesInProportionAndAConcatenationSplits() {
    INDArray a = Nd4j.createFromArray(new double[][] {{1, 2}});
    INDArray b = Nd4j.createFromArray(new double[][] {{3, -1}});
    INDArray r = Nd4j.createFromArray(new double[][] {{8, 5}});
    List<INDArray> shares = Relevance.proportional().propagate(site(new Add(), a, b), r);
    assertThat(shares.get(0).toDoubleVector()).containsExactly(2, 10);
    assertThat(shares.get(1).toDoubleVector()).containsExactly(6, -5);
    INDArray both = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4}});
    List<INDArray> parts = PropagationRule.gradient().propagate(site(new Concat(), a, b), both);
    assertThat(parts.get(0).toDoubleVector()).containsExactly(1, 2);
    assertThat(parts.get(1).toDoubleVector()).containsExactly(3, 4);
  }

  @Test
  void aBoxTakesOneBoundPerChannelOrOneForAll() {
    Convolution layer =
        new Convolution(Networks.normal(1, 3, 2, 1, 1), Networks.normal(2, 3), Window.square(1));
    INDArray x = Networks.normal(3, 1, 2, 2, 2);
    INDArray r = Networks.normal(4, 1, 3, 2, 2);
    INDArray same = run(new BoxRule(List.of(-2.0, -2.0), List.of(3.0), EPSILON), layer, x, r);
    assertThat(same).isEqualTo(run(new BoxRule(List.of(-2.0), List.of(3.0), EPSILON), layer, x, r));
    BoxRule three = new BoxRule(List.of(0.0, 0.0, 0.0), List.of(1.0), EPSILON);
    assertThatThrownBy(() -> run(three, layer, x, r)).hasMessageContaining("3 values");
  }

  private static Slow epsilon(double epsilon, double bias) {
    return (t, j, r, out) -> {
      double z = t.output(j) - (1 - bias) * t.b[j];
      t.give(out, j, (x, w) -> x * w, stable(z, epsilon), r);
    };
  }

  private static Slow alphaBeta(double alpha, Bias bias) {
    SlowTwin.Share plus = (x, w) -> Math.max(x * w, 0);
    SlowTwin.Share minus = (x, w) -> Math.min(x * w, 0);
    return (t, j, r, out) -> {
      double up = t.sum(j, plus) + bias(bias, t.b[j], Math.max(t.b[j], 0));
      double down = t.sum(j, minus) + bias(bias, t.b[j], Math.min(t.b[j], 0));
      t.give(out, j, plus, stable(up, EPSILON), alpha * r);
      t.give(out, j, minus, stable(down, EPSILON), (1 - alpha) * r);
    };
  }

  private static Slow gamma(double gamma, Bias bias) {
    return (t, j, r, out) -> {
      double z = t.output(j);
      double sign = Math.signum(z);
      SlowTwin.Share share = (x, w) -> x * w + gamma * sign * Math.max(sign * x * w, 0);
      double b = t.b[j];
      double favoured = b + gamma * sign * Math.max(sign * b, 0);
      double denominator = t.sum(j, share) + bias(bias, b, favoured);
      t.give(out, j, share, stable(denominator, EPSILON), r);
    };
  }

  private static Slow square(double bias) {
    SlowTwin.Share share = (x, w) -> w * w;
    return (t, j, r, out) ->
        t.give(out, j, share, t.sum(j, share) + bias * t.b[j] * t.b[j] + EPSILON, r);
  }

  private static Slow flat() {
    SlowTwin.Share share = (x, w) -> 1;
    return (t, j, r, out) -> t.give(out, j, share, t.sum(j, share) + EPSILON, r);
  }

  private static Slow box(double low, double high) {
    SlowTwin.Share share = (x, w) -> x * w - low * Math.max(w, 0) - high * Math.min(w, 0);
    return (t, j, r, out) -> t.give(out, j, share, stable(t.sum(j, share), EPSILON), r);
  }

  private static double bias(Bias bias, double whole, double split) {
    return switch (bias) {
      case IGNORED -> 0;
      case SPLIT -> split;
      case WHOLE -> whole;
    };
  }

  private static double stable(double z, double epsilon) {
    return z + (z >= 0 ? epsilon : -epsilon);
  }

  private static void compare(PropagationRule rule, Slow slow, LinearLayer layer, INDArray inputs) {
    INDArray message = Networks.normal(4, layer.forward(inputs).shape());
    INDArray before = message.dup();
    INDArray actual = run(rule, layer, inputs, message);
    assertThat(message).isEqualTo(before);
    for (int n = 0; n < inputs.size(0); n++) {
      INDArray example = inputs.get(NDArrayIndex.interval(n, n + 1)).dup('c');
      SlowTwin twin = new SlowTwin(layer, example);
      double[] relevance = new double[twin.x.length];
      double[] given = message.slice(n).dup('c').data().asDouble();
      for (int j = 0; j < twin.w.length; j++) {
        slow.pass(twin, j, given[j], relevance);
      }
      assertThat(actual.slice(n).dup('c').data().asDouble())
          .containsExactly(relevance, within(1e-9));
    }
  }

  /** Then a forward pass may add up their outputs: alpha-beta's, unless the bias is in neither. */
  @Test
  void whatARuleSaysAddsUpToALayerDoes() {
    Dense layer = new Dense(Nd4j.randn(4, 3), Nd4j.randn(4));
    LayerChanges changes = (name, change) -> change.apply(layer);
    List<LinearLayer> parts = new AlphaBetaRule(2, 1, Bias.SPLIT, EPSILON).summands(changes, false);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0).weights().add(parts.get(1).weights())).isEqualTo(layer.weights());
    assertThat(parts.get(0).bias().add(parts.get(1).bias())).isEqualTo(layer.bias());
    assertThat(parts.get(0).weights().minNumber().doubleValue()).isNotNegative();
    for (CompilableRule other :
        List.of(
            new AlphaBetaRule(1, 0, Bias.SPLIT, EPSILON),
            new AlphaBetaRule(2, 1, Bias.WHOLE, EPSILON),
            new AlphaBetaRule(2, 1, Bias.IGNORED, EPSILON),
            new EpsilonRule(EPSILON, true))) {
      assertThat(other.summands(changes, false)).isEmpty();
    }
    assertThat(new AlphaBetaRule(2, 1, Bias.SPLIT, EPSILON).summands(changes, true)).isEmpty();
  }

  private static INDArray run(PropagationRule rule, Layer layer, INDArray x, INDArray message) {
    return rule.propagate(site(layer, x), message).get(0);
  }

  private static Site site(Layer layer, INDArray... inputs) {
    List<INDArray> list = List.of(inputs);
    return new Site(new Node("node", layer, List.of("input")), list, layer.forward(list));
  }
}
