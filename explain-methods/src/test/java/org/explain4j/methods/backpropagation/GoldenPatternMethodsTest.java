package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Filter;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** PatternNet and PatternAttribution with the stored patterns, against numpy and nn-patterns. */
class GoldenPatternMethodsTest {

  static Stream<Arguments> rows() {
    UnaryOperator<String> positive = layer -> "pos";
    UnaryOperator<String> linear = layer -> "lin";
    UnaryOperator<String> lastLinear = layer -> layer.equals("fc2") ? "lin" : "pos";
    return Stream.of(
        Arguments.of("backproj/", "lin", linear, new Linear(), 1e-9),
        Arguments.of("backproj/", "pos", positive, new TwoComponent(), 1e-9),
        Arguments.of("backproj/", "pos_lastlin", lastLinear, new TwoComponent(), 1e-9),
        Arguments.of("backproj/", "Sw", null, new Filter(), 1e-9),
        Arguments.of("theano/nnp_", "lin", linear, new Linear(), 1e-6),
        Arguments.of("theano/nnp_", "pos", positive, new TwoComponent(), 1e-6));
  }

  @ParameterizedTest(name = "{0}{1}")
  @MethodSource("rows")
  void equalsTheOtherToolInFloat64(
      String tool,
      String name,
      UnaryOperator<String> files,
      SignalEstimator estimator,
      double tolerance) {
    compare(tool, name, files, estimator, DataType.DOUBLE, tolerance);
  }

  @ParameterizedTest(name = "{0}{1}")
  @MethodSource("rows")
  void equalsTheOtherToolInFloat32(
      String tool,
      String name,
      UnaryOperator<String> files,
      SignalEstimator estimator,
      double ignored) {
    compare(tool, name, files, estimator, DataType.FLOAT, 1e-5);
  }

  private static void compare(
      String tool,
      String name,
      UnaryOperator<String> files,
      SignalEstimator estimator,
      DataType type,
      double tolerance) {
    Network network = Shared.goldenNetwork(type);
    Subject subject =
        Subject.of(network, files == null ? GoldenPatternMethodsTest::filter : stored(files));
    String lrp = tool.startsWith("theano") ? "patternlrp_" : "patternattr_";
    Map<String, Explainer> methods =
        Map.of(
            "patternnet_",
            new PatternNet(estimator, Start.LOGIT),
            lrp,
            new PatternAttribution(estimator, Start.LOGIT));
    INDArray all = Shared.npy("golden/inputs");
    int n = (int) (type == DataType.DOUBLE ? 8 : all.size(0));
    INDArray inputs = Batches.slice(all, 0, n);
    methods.forEach(
        (method, explainer) -> {
          INDArray actual =
              explainer.bind(subject).attribute(inputs, Arrays.copyOf(Shared.goldenClasses(), n));
          INDArray expected = Shared.npy("golden/" + tool + method + name);
          assertThat(Shared.distance(actual, Batches.slice(expected, 0, n)))
              .as(method + name)
              .isLessThan(Shared.tolerance(expected, tolerance));
        });
  }

  private static Patterns filter(SignalEstimator estimator, Node node) {
    LinearLayer layer = (LinearLayer) node.layer();
    return estimator.estimate(node.name(), layer, false, LayerMoments.of(layer, false));
  }

  private static PatternSource stored(UnaryOperator<String> files) {
    return (estimator, layer) -> {
      INDArray a = Shared.npy("golden/patterns/" + layer.name() + "_" + files.apply(layer.name()));
      return Patterns.linear(a.rank() == 2 ? a.transpose().dup('c') : a);
    };
  }
}
