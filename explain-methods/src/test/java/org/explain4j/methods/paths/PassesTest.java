package org.explain4j.methods.paths;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.explain4j.api.Attributor;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.methods.backpropagation.Gradient;
import org.explain4j.methods.perturbation.Occlusion;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What methods on paths and clouds of inputs declare to cost is what they ask for. */
class PassesTest {
  private final Network network = Networks.convolutional();
  private final INDArray inputs = Networks.inputs(network, 3, 7);
  private final AtomicLong asked = new AtomicLong();

  /** A method that counts the explanations it is asked for. */
  private record Counting(Explainer of, AtomicLong asked) implements Explainer {

    @Override
    public String id() {
      return "counting";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Group group() {
      return of.group();
    }

    @Override
    public double passes(Classifier classifier) {
      return of.passes(classifier);
    }

    @Override
    public Attributor bind(Subject subject) {
      Attributor attributor = of.bind(subject);
      return (examples, classes) -> {
        asked.addAndGet(examples.size(0));
        return attributor.attribute(examples, classes);
      };
    }
  }

  static Stream<BiFunction<Explainer, Integer, Explainer>> wrappers() {
    return Stream.of(
        (of, samples) -> new SmoothGrad(of, samples, 0.1, 1),
        (of, samples) -> new SmoothGradSquared(of, samples, 0.1, 1),
        (of, samples) -> new VarGrad(of, samples, 0.1, 1));
  }

  @ParameterizedTest
  @MethodSource("wrappers")
  void aWrapperMultipliesTheCostOfTheMethodInIt(BiFunction<Explainer, Integer, Explainer> wrapper) {
    for (Explainer of :
        new Explainer[] {new Gradient(), new Occlusion(), wrapper.apply(new Gradient(), 2)}) {
      asked.set(0);
      Explainer wrapped = wrapper.apply(new Counting(of, asked), 7);
      wrapped.bind(network).attribute(inputs, new int[] {0, 1, 2});
      assertThat(3 * wrapped.passes(network)).isEqualTo(asked.get() * of.passes(network));
    }
  }

  static Stream<Arguments> paths() {
    IntegratedGradients integrated = new IntegratedGradients();
    ExpectedGradients expected = new ExpectedGradients(9, 1);
    Function<Attributor, Function<ExampleBatch, double[]>> alongOne = integrated::method;
    Function<Attributor, Function<ExampleBatch, double[]>> alongMany =
        gradient -> expected.method(gradient, Networks.inputs(Networks.convolutional(), 4, 11));
    return Stream.of(Arguments.of(integrated, alongOne), Arguments.of(expected, alongMany));
  }

  /** A gradient is a pass forward and one back. */
  @ParameterizedTest
  @MethodSource("paths")
  void aPathCostsTwoPassesForEachGradientOnIt(
      Explainer explainer, Function<Attributor, Function<ExampleBatch, double[]>> method) {
    Attributor counting = new Counting(new Gradient(), asked).bind(Subject.of(network));
    Attributor.of(network, method.apply(counting)).attribute(inputs, new int[] {0, 1, 2});
    assertThat(3 * explainer.passes(network)).isEqualTo(2.0 * asked.get());
  }
}
