package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.models.keras.KerasLayerCheck.C;
import static org.explain4j.models.keras.KerasLayerCheck.H;
import static org.explain4j.models.keras.KerasLayerCheck.W;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.explain4j.models.keras.KerasNet.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations, by name and as layers, against what Keras' documentation says. */
class KerasActivationsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @TempDir Path folder;

  private KerasLayerCheck check() {
    return new KerasLayerCheck(folder);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        function("leaky_relu", x -> x > 0 ? x : 0.2 * x),
        function("relu6", x -> Math.min(Math.max(x, 0), 6)),
        function("elu", x -> x > 0 ? x : Math.exp(x) - 1),
        function("selu", x -> 1.05070098 * (x > 0 ? x : 1.67326324 * (Math.exp(x) - 1))),
        function("sigmoid", KerasActivationsTest::sigmoid),
        function("tanh", Math::tanh),
        function("softplus", x -> Math.log(1 + Math.exp(x))),
        function("softsign", x -> x / (1 + Math.abs(x))),
        function("swish", x -> x * sigmoid(x)),
        function("silu", x -> x * sigmoid(x)),
        function("hard_silu", x -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1)),
        function("hard_tanh", x -> Math.min(Math.max(x, -1), 1)),
        function("mish", x -> x * Math.tanh(Math.log(1 + Math.exp(x)))),
        function("gelu", x -> x * normal(x)));
  }

  private static Arguments function(String name, DoubleUnaryOperator function) {
    return Arguments.of(name, function);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The normal distribution by Simpson's rule. */
  private static double normal(double x) {
    double sum = 0;
    int steps = 2000;
    for (int i = 0; i <= steps; i++) {
      double t = x * i / steps;
      int weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * Math.exp(-t * t / 2);
    }
    return 0.5 + sum * x / steps / 3 / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void activationsAreThoseOfTheDocumentation(String name, DoubleUnaryOperator function)
      throws IOException {
    ObjectNode settings = JSON.objectNode().put("activation", name);
    assertElementwise(check().entry("Activation", settings), 3, function);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.2", "3, 0.16666666667"})
  void theHardSigmoidIsThatOfItsVersion(int version, double slope) throws IOException {
    ObjectNode settings = JSON.objectNode().put("activation", "hard_sigmoid");
    assertElementwise(
        check().entry("Activation", settings),
        version,
        x -> Math.min(Math.max(slope * x + 0.5, 0), 1));
  }

  @Test
  void activationLayersHaveTheirSettings() throws IOException {
    ObjectNode relu = JSON.objectNode().put("negative_slope", 0.5).put("max_value", 1.5);
    assertElementwise(check().entry("ReLU", relu), 3, x -> Math.min(x > 0 ? x : 0.5 * x, 1.5));
    assertElementwise(
        check().entry("ReLU", JSON.objectNode().put("threshold", 0.7)), 3, x -> x > 0.7 ? x : 0);
    assertElementwise(
        check().entry("LeakyReLU", JSON.objectNode().put("alpha", 0.4)),
        2,
        x -> x > 0 ? x : 0.4 * x);
    assertElementwise(check().entry("LeakyReLU", JSON.objectNode()), 3, x -> x > 0 ? x : 0.3 * x);
    assertElementwise(
        check().entry("ELU", JSON.objectNode().put("alpha", 2)),
        2,
        x -> x > 0 ? x : 2 * Math.expm1(x));
    assertElementwise(
        check().entry("ThresholdedReLU", JSON.objectNode().put("theta", 0.5)),
        2,
        x -> x > 0.5 ? x : 0);
    ObjectNode both = JSON.objectNode().put("negative_slope", 0.5).put("threshold", 1);
    assertThatThrownBy(() -> check().read(2, check().entry("ReLU", both)))
        .hasMessageContaining("threshold (1.0)");
  }

  private void assertElementwise(Entry entry, int version, DoubleUnaryOperator function)
      throws IOException {
    check()
        .assertOutput(
            version, entry, (x, y, c, in) -> function.applyAsDouble(in.at(y, x, c)), H, W);
  }

  @Test
  void slopesBelongToChannelsOrEntries() throws IOException {
    SlowArray perChannel = check().random(1, 1, C);
    ObjectNode shared = JSON.objectNode();
    shared.putArray("shared_axes").add(1).add(2);
    check()
        .assertOutput(
            3,
            check().entry("PReLU", shared, List.of(perChannel), List.of("alpha")),
            (x, y, c, in) -> leaky(in.at(y, x, c), perChannel.at(0, 0, c)),
            H,
            W);
    SlowArray perEntry = check().random(H, W, C);
    check()
        .assertOutput(
            3,
            check().entry("PReLU", JSON.objectNode(), List.of(perEntry), List.of("alpha")),
            (x, y, c, in) -> leaky(in.at(y, x, c), perEntry.at(y, x, c)),
            H,
            W);
  }

  private static double leaky(double x, double slope) {
    return x > 0 ? x : slope * x;
  }
}
