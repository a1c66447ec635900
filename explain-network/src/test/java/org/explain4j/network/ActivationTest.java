package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivationTest {

  /** Closed forms at single points, evaluated with 30 digits elsewhere. */
  @ParameterizedTest
  @CsvSource({
    "RELU, -1, 0",
    "LEAKY_RELU, -2, -0.02",
    "ELU, -1, -0.632120558828557678",
    "SELU, 1, 1.0507009873554805",
    "SELU, -1, -1.11133073781256247",
    "CELU, -1, -0.632120558828557678",
    "GELU, 1, 0.841344746068542949",
    "GELU, -3, -0.00404969409489031",
    "GELU_TANH, 1, 0.841191990608276",
    "SIGMOID, 2, 0.880797077977882444",
    "TANH, -1, -0.761594155955764888",
    "SOFTPLUS, 0, 0.693147180559945309",
    "SOFTSIGN, -3, -0.75",
    "SILU, -1, -0.268941421369995121",
    "HARD_SIGMOID, 1.5, 0.75",
    "HARD_SWISH, 1.5, 1.125",
    "HARD_SWISH, 4, 4",
    "HARD_SWISH, -3.5, 0",
    "MISH, 1, 0.865098388267310",
    "CLIP, 7, 6",
    "THRESHOLDED_RELU, 0.5, 0",
    "THRESHOLDED_RELU, 1.5, 1.5"
  })
  void functionsHaveTheirKnownValues(ActivationFunction function, double x, double y) {
    INDArray input = Nd4j.createFromArray(new double[][] {{x}});
    assertThat(Activation.of(function).forward(input).getDouble(0)).isCloseTo(y, within(1e-14));
  }

  /** Far from 0 every function is close to a straight line, and nothing overflows on the way. */
  @ParameterizedTest
  @EnumSource
  void largeAndInfiniteArgumentsGiveTheLimits(ActivationFunction function) {
    Activation activation = Activation.of(function);
    for (double sign : new double[] {-1, 1}) {
      INDArray far =
          Nd4j.createFromArray(
              new double[][] {{sign * 1e4, sign * 1e100, sign * Double.POSITIVE_INFINITY}});
      INDArray value = activation.forward(far);
      INDArray slope = activation.backward(far, value, Nd4j.ones(DataType.DOUBLE, 1, 3));
      assertThat(slope.getDouble(2)).isFinite().isCloseTo(slope.getDouble(0), within(1e-3));
      assertThat(slope.getDouble(1)).isCloseTo(slope.getDouble(0), within(1e-3));
      assertThat(value.getDouble(2)).isNotNaN();
      boolean unbounded = slope.getDouble(2) != 0;
      assertThat(Double.isInfinite(value.getDouble(2))).isEqualTo(unbounded);
      if (!unbounded) {
        assertThat(value.getDouble(2)).isCloseTo(value.getDouble(0), within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void notANumberStaysNotANumber(ActivationFunction function) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      INDArray input = Nd4j.createFromArray(new double[][] {{Double.NaN, 1}}).castTo(type);
      INDArray output = Activation.of(function).forward(input);
      assertThat(output.getDouble(0)).isNaN();
      assertThat(output.getDouble(1)).isNotNaN();
    }
  }

  @Test
  void kinksHaveTheSlopesOfPyTorch() {
    assertThat(slope(ActivationFunction.RELU, 0)).isZero();
    assertThat(slope(ActivationFunction.LEAKY_RELU, 0)).isEqualTo(0.01);
    assertThat(slope(ActivationFunction.CLIP, 6)).isZero();
    assertThat(slope(ActivationFunction.CLIP, 0)).isZero();
    assertThat(slope(ActivationFunction.HARD_SIGMOID, 3)).isZero();
    assertThat(slope(ActivationFunction.HARD_SWISH, 3)).isEqualTo(1.5);
    assertThat(slope(ActivationFunction.HARD_SWISH, -3)).isEqualTo(-0.5);
  }

  private static double slope(ActivationFunction function, double x) {
    INDArray input = Nd4j.createFromArray(new double[][] {{x}});
    Activation activation = Activation.of(function);
    return activation
        .backward(input, activation.forward(input), Nd4j.ones(DataType.DOUBLE, 1, 1))
        .getDouble(0);
  }

  @Test
  void slopesPerChannelAreThoseOfTheChannel() {
    INDArray input = Nd4j.ones(DataType.FLOAT, 2, 3, 2, 2).negi();
    INDArray output = Activation.prelu(1, 2, 3).forward(input);
    assertThat(output.slice(1).data().asFloat())
        .endsWith(-1, -1, -1, -1, -2, -2, -2, -2, -3, -3, -3, -3);
    assertThatThrownBy(() -> Activation.prelu(1, 2).outputShapeOf(List.of(3L, 2L, 2L)))
        .hasMessage("A leaky-relu with 2 values of alpha was given [3, 2, 2].");
  }

  @Test
  void settingsThatDoNotFitTheFunctionAreRefused() {
    assertThatThrownBy(() -> Activation.of(ActivationFunction.CLIP, 1, 0))
        .hasMessage("clip takes [min, max]; it was given [1.0, 0.0].");
    assertThatThrownBy(() -> Activation.of(ActivationFunction.TANH, 1))
        .hasMessage("tanh takes no parameters; it was given [1.0].");
    assertThatThrownBy(() -> Activation.of(ActivationFunction.CELU, 0))
        .hasMessageContaining("celu");
    assertThatThrownBy(() -> Activation.of(ActivationFunction.ELU, Double.NaN))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Activation(ActivationFunction.SILU, List.of(List.of())))
        .hasMessageContaining("0 values");
  }

  /** The bounds that rules rely on, tried on a grid. */
  @ParameterizedTest
  @EnumSource
  void onlyWhatStaysBetweenZeroAndOneIsAGate(ActivationFunction function) {
    Activation activation = Activation.of(function);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double[] settings = function.parameters().stream().mapToDouble(p -> p.standard()).toArray();
    for (double x = -20; x <= 20; x += 0.125) {
      least = Math.min(least, function.value(x, settings));
      most = Math.max(most, function.value(x, settings));
    }
    assertThat(activation.isGate()).isEqualTo(least >= 0 && most <= 1);
  }
}
