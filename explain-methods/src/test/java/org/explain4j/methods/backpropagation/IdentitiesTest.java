package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Patterns;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Identity;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.methods.paths.Completeness;
import org.explain4j.methods.paths.ExpectedGradients;
import org.explain4j.methods.paths.IntegratedGradients;
import org.explain4j.methods.paths.Quadrature;
import org.explain4j.methods.paths.SmoothGrad;
import org.explain4j.methods.paths.SmoothGradSquared;
import org.explain4j.methods.paths.VarGrad;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.testing.Shared;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What must hold between methods, whatever the network. */
class IdentitiesTest {
  private static final int[] CLASSES = {0, 1, 2};

  static Stream<Network> networks() {
    return Stream.of(
        Networks.convolutional(), Networks.perceptron(), Networks.graph(), Networks.grouped());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theGradientEqualsCentralDifferences(Network network) {
    INDArray inputs = Networks.inputs(network, 3, 5);
    INDArray gradient = new Gradient().bind(network).attribute(inputs, CLASSES);
    double step = 1e-6;
    for (int i = 0; i < inputs.length() / 3; i += 7) {
      INDArray above = inputs.dup();
      INDArray below = inputs.dup();
      for (int n = 0; n < 3; n++) {
        long place = n * inputs.length() / 3 + i;
        above.data().put(place, inputs.data().getDouble(place) + step);
        below.data().put(place, inputs.data().getDouble(place) - step);
      }
      INDArray difference = network.logits(above).sub(network.logits(below)).div(2 * step);
      for (int n = 0; n < 3; n++) {
        assertThat(gradient.data().getDouble(n * inputs.length() / 3 + i))
            .isEqualTo(difference.getDouble(n, CLASSES[n]), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void patternNetWithFiltersForPatternsIsTheGradient(Network network) {
    Subject subject = Subject.of(network, patterns(weights -> weights));
    assertSame(new PatternNet(new Linear(), Start.ONE), new Gradient(), subject);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void patternAttributionWithOnesForPatternsIsTheGradient(Network network) {
    Subject subject = Subject.of(network, patterns(Nd4j::onesLike));
    assertSame(new PatternAttribution(new Linear(), Start.ONE), new Gradient(), subject);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void patternAttributionOfTheIdentityIsLrpZero(Network network) {
    assertSame(
        new PatternAttribution(new Identity(), Start.LOGIT), new LrpZero(), Subject.of(network));
  }

  @Test
  void patternNetOfTheIdentityIsRefused() {
    Subject subject = Subject.of(Networks.perceptron(), (estimator, layer) -> Patterns.identity());
    assertThatThrownBy(() -> new PatternNet(new Identity(), Start.ONE).bind(subject))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no pattern");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lrpZeroIsGradientTimesInput(Network network) {
    assertSame(new LrpZero(), new GradientTimesInput(), Subject.of(network));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lrpZeroConservesTheLogitWithoutBiases(Network biased) {
    Network network = Networks.withoutBias(biased);
    INDArray inputs = Networks.inputs(network, 3, 5);
    INDArray relevance = new LrpZero().bind(network).attribute(inputs, CLASSES);
    for (int n = 0; n < 3; n++) {
      assertThat(relevance.slice(n).sumNumber().doubleValue())
          .isEqualTo(network.logits(inputs).getDouble(n, CLASSES[n]), within(1e-9));
    }
  }

  static Stream<Network> chains() {
    return networks().limit(2); // in the graph some places are bias alone, whose share has no heir
  }

  @ParameterizedTest
  @MethodSource("chains")
  void lrpWithoutBiasInTheDenominatorConservesTheStart(Network network) {
    INDArray inputs = Networks.inputs(network, 3, 5);
    INDArray relevance = new LrpZero(false, Start.ONE).bind(network).attribute(inputs, CLASSES);
    for (int n = 0; n < 3; n++) {
      assertThat(relevance.slice(n).sumNumber().doubleValue()).isEqualTo(1, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theStartValueScalesTheGradient(Network network) {
    INDArray inputs = Networks.inputs(network, 3, 5);
    INDArray one = new Gradient(Start.ONE).bind(network).attribute(inputs, CLASSES);
    INDArray logit = new Gradient(Start.LOGIT).bind(network).attribute(inputs, CLASSES);
    for (int n = 0; n < 3; n++) {
      INDArray scaled = one.slice(n).mul(network.logits(inputs).getDouble(n, CLASSES[n]));
      assertThat(Shared.distance(logit.slice(n), scaled)).isLessThan(1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void integratedGradientsAndDeepLiftAreComplete(Network network) {
    INDArray inputs = Networks.inputs(network, 3, 5);
    IntegratedGradients many =
        new IntegratedGradients(2000, Quadrature.RIEMANN_MIDDLE, List.of(0.1));
    INDArray integrated = many.bind(network).attribute(inputs, CLASSES);
    Completeness completeness = new Completeness(network, List.of(0.1));
    assertThat(completeness.gaps(inputs, CLASSES, integrated))
        .containsExactly(new double[3], within(1e-3));
    INDArray lifted =
        new DeepLift(List.of(0.1), 1e-10, DifferencePooling.RESCALE)
            .bind(network)
            .attribute(inputs, CLASSES);
    assertThat(completeness.gaps(inputs, CLASSES, lifted))
        .containsExactly(new double[3], within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(Quadrature.class)
  void everyQuadratureIntegratesLines(Quadrature quadrature) {
    double[] nodes = quadrature.nodes(40);
    double[] weights = quadrature.weights(40);
    double one = 0;
    double line = 0;
    for (int k = 0; k < 40; k++) {
      one += weights[k];
      line += weights[k] * nodes[k];
    }
    assertThat(one).isEqualTo(1, within(1e-12));
    assertThat(line).isEqualTo(0.5, within(1.0 / 79));
  }

  @Test
  void withoutNoiseSmoothGradIsItsMethodAndVarGradIsZero() {
    Network network = Networks.convolutional();
    INDArray inputs = Networks.inputs(network, 3, 5);
    INDArray gradient = new Gradient().bind(network).attribute(inputs, CLASSES);
    Gradient of = new Gradient();
    assertThat(
            Shared.distance(
                new SmoothGrad(of, 4, 0, 1).bind(network).attribute(inputs, CLASSES), gradient))
        .isLessThan(1e-12);
    assertThat(
            Shared.distance(
                new SmoothGradSquared(of, 4, 0, 1).bind(network).attribute(inputs, CLASSES),
                gradient.mul(gradient)))
        .isLessThan(1e-12);
    INDArray variance = new VarGrad(of, 4, 0, 1).bind(network).attribute(inputs, CLASSES);
    assertThat(variance.amaxNumber().doubleValue()).isLessThan(1e-12);
  }

  @Test
  void theExampleItselfAsBaselineExplainsNothing() {
    Network network = Networks.convolutional();
    INDArray input = Networks.inputs(network, 1, 5);
    Subject subject = new Subject(network, Subject.of(network).patterns(), () -> input);
    INDArray result = new ExpectedGradients().bind(subject).attribute(input, new int[] {1});
    assertThat(result.amaxNumber().doubleValue()).isLessThan(1e-6); // baselines are float32
  }

  @Test
  void moreInputsThanOneInternalBatchGiveTheSame() {
    Network network = Networks.perceptron();
    INDArray inputs = Networks.inputs(network, 230, 5);
    int[] classes = new int[230];
    INDArray whole = new Gradient().bind(network).attribute(inputs, classes);
    INDArray last = Batches.slice(inputs, 229, 230);
    INDArray alone = new Gradient().bind(network).attribute(last, new int[1]);
    assertThat(Shared.distance(alone, Batches.slice(whole, 229, 230))).isLessThan(1e-12);
  }

  @Test
  void epsilonMustBePositive() {
    assertThatThrownBy(() -> new LrpEpsilon(0, true, Start.ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0");
  }

  private static void assertSame(Explainer a, Explainer b, Subject subject) {
    INDArray inputs = Networks.inputs(subject.network(), 3, 5);
    INDArray expected = b.bind(subject).attribute(inputs, CLASSES);
    assertThat(expected.norm2Number().doubleValue()).isPositive();
    assertThat(Shared.distance(a.bind(subject).attribute(inputs, CLASSES), expected))
        .isLessThan(1e-9);
  }

  private static PatternSource patterns(UnaryOperator<INDArray> pattern) {
    return (estimator, layer) -> {
      INDArray weights = ((LinearLayer) layer.layer()).weights();
      return Patterns.linear(pattern.apply(weights.dup().castTo(DataType.DOUBLE)));
    };
  }
}
