package org.explain4j.methods.explainers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.api.Start;
import org.explain4j.api.network.Network;
import org.explain4j.api.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every method against Captum and zennit, one row each: file, method, tolerance in float32. */
class GoldenAttributionTest {
  private static final double FLOAT64 = 1e-9;

  static Stream<Arguments> rows() {
    return Stream.of(
        row("captum/gradient", new Gradient(), 1e-5),
        row("captum/deconvnet", new DeconvNet(), 1e-5),
        row("captum/guided_backprop", new GuidedBackprop(), 1e-5),
        row("captum/input_x_gradient", new GradientTimesInput(), 1e-5),
        row("zennit/lrp_0", new LrpZero(), 1e-5),
        row("zennit/lrp_epsilon_1e-6", new LrpEpsilon(), 1e-4),
        row("zennit/lrp_epsilon_0.25", new LrpEpsilon(0.25, true, Start.LOGIT), 1e-5),
        row("zennit/lrp_epsilon_0.25_nobias", new LrpEpsilon(0.25, false, Start.LOGIT), 1e-5));
  }

  private static Arguments row(String file, Explainer explainer, double float32) {
    return Arguments.of(file, explainer, float32);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void equalsTheOtherToolInFloat32(String file, Explainer explainer, double tolerance) {
    compare(file, explainer, DataType.FLOAT, tolerance);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void equalsTheOtherToolInFloat64(String file, Explainer explainer, double tolerance) {
    compare(file, explainer, DataType.DOUBLE, FLOAT64);
  }

  @ParameterizedTest(name = "raw/{0}")
  @MethodSource("ties")
  void poolingTiesGoToTheFirstMaximum(String file, Explainer explainer) {
    Network network = Shared.goldenNetwork(DataType.FLOAT);
    int[] classes = Shared.npy("golden/raw/pred").toIntVector();
    INDArray actual = explainer.bind(network).attribute(Shared.npy("golden/raw/inputs"), classes);
    assertThat(Shared.distance(actual, Shared.npy("golden/raw/" + file))).isLessThan(1e-5);
  }

  static Stream<Arguments> ties() {
    return Stream.of(
        Arguments.of("gradient", new Gradient()),
        Arguments.of("deconvnet", new DeconvNet()),
        Arguments.of("guided_backprop", new GuidedBackprop()));
  }

  private static void compare(String file, Explainer explainer, DataType type, double tolerance) {
    INDArray actual =
        explainer
            .bind(Shared.goldenNetwork(type))
            .attribute(Shared.npy("golden/inputs"), Shared.goldenClasses());
    assertThat(Shared.distance(actual, Shared.npy("golden/" + file))).isLessThan(tolerance);
  }
}
