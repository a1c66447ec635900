package org.explain4j.methods.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Convolution;
import org.explain4j.network.Layer;
import org.explain4j.network.Node;
import org.explain4j.network.NormPool;
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

/** What rules declare, which decides what a compiled pass may leave out, against what they do. */
class DeclarationsTest {
  private static final Convolution CONVOLUTION =
      new Convolution(
          Networks.normal(1, 3, 2, 3, 3), Networks.normal(2, 3), Window.square(3).pad(1));

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(new EpsilonRule(0.1, true), CONVOLUTION),
        Arguments.of(new EpsilonRule(0.1, false), CONVOLUTION),
        Arguments.of(new AlphaBetaRule(2, 1, Bias.SPLIT, 0.1), CONVOLUTION),
        Arguments.of(new AlphaBetaRule(1, 0, Bias.WHOLE, 0.1), CONVOLUTION),
        Arguments.of(new GammaRule(0.5, Bias.SPLIT, 0.1), CONVOLUTION),
        Arguments.of(WeightRule.square(true, 0.1), CONVOLUTION),
        Arguments.of(WeightRule.flat(0.1), CONVOLUTION),
        Arguments.of(new BoxRule(List.of(-1.0), List.of(2.0), 0.1), CONVOLUTION),
        Arguments.of(PropagationRule.gradient(), CONVOLUTION),
        Arguments.of(PropagationRule.pass(), Activation.RELU),
        Arguments.of(new Proportional(), new AveragePool(Window.square(2).stride(2))),
        Arguments.of(new EqualShares(), new AveragePool(Window.square(2).stride(2))));
  }

  /** An input of 0 gets a message of 0, whatever arrives, if the rule says so; else some do not. */
  @ParameterizedTest
  @MethodSource("rules")
  void aProportionalRuleGivesNothingToAnInputOfZero(CompilableRule rule, Layer layer) {
    INDArray x = Networks.normal(3, 4, 2, 6, 6);
    INDArray open = x.gt(0).castTo(x.dataType());
    x.muli(open);
    INDArray message = Networks.normal(4, layer.forward(List.of(x)).shape());
    INDArray passed = rule.propagate(site(layer, x), message).get(0);
    INDArray toZeros = passed.mul(open.rsub(1));
    assertThat(toZeros.norm2Number().doubleValue() == 0).isEqualTo(rule.isProportional());
  }

  /** Another output, and another message, if the rule says that it reads it; else the same. */
  @ParameterizedTest
  @MethodSource("rules")
  void aRuleThatReadsTheOutputSaysSo(CompilableRule rule, Layer layer) {
    INDArray x = Networks.normal(3, 4, 2, 6, 6);
    Site site = site(layer, x);
    INDArray message = Networks.normal(4, site.output().shape());
    Site other = new Site(site.node(), site.inputs(), Networks.normal(5, message.shape()));
    assertThat(rule.propagate(site, message).equals(rule.propagate(other, message)))
        .isEqualTo(!rule.readsOutput());
  }

  /** A rectifier's, of which only the rescale rule reads what came in. */
  @Test
  void aRuleThatReadsTheRectifiersInputSaysSo() {
    INDArray x = Networks.normal(3, 4, 6);
    INDArray message = Networks.normal(4, 4, 6);
    for (CompilableRule rule : List.of(new RescaleRule(1e-6), PropagationRule.gradient())) {
      Site site = compared(x, x.mul(0));
      // Where it is closed, more of the same.
      Site other = new Site(site.node(), List.of(x.mul(2)), site.output(), site.counterpart());
      assertThat(rule.propagate(site, message).equals(rule.propagate(other, message)))
          .as(rule.toString())
          .isEqualTo(!rule.readsInput());
    }
  }

  private static Site compared(INDArray x, INDArray reference) {
    Site site = site(Activation.RELU, x);
    Site from = site(Activation.RELU, reference);
    return new Site(site.node(), site.inputs(), site.output(), Optional.of(from));
  }

  @Test
  void sharesOfNormsAreAConvention() {
    NormPool norm = new NormPool(Window.square(2).stride(2), false, 2);
    assertThat(new Proportional().at(norm).reason()).contains("|x|^p");
    assertThat(new EqualShares().at(norm).reason()).contains("shares equally");
    for (PropagationRule rule : List.of(new Proportional(), new EqualShares())) {
      assertThat(rule.at(new AveragePool(Window.square(2))).isExact()).isTrue();
      assertThat(rule.at(new Add()).isExact()).isTrue();
    }
  }

  private static Site site(Layer layer, INDArray x) {
    List<INDArray> inputs = List.of(x);
    return new Site(new Node("node", layer, List.of("input")), inputs, layer.forward(inputs));
  }
}
