package org.explain4j.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class CosineAdamTest {
  @Test
  void stepsAreThoseOfThePaper() {
    double[] gradients = {0.5, -2, 1.5, 0.1};
    INDArray value = Nd4j.createFromArray(1.0);
    CosineAdam adam = new CosineAdam(List.of(value), 0.1, gradients.length);
    double mean = 0;
    double square = 0;
    double expected = 1;
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      mean = 0.9 * mean + 0.1 * g;
      square = 0.999 * square + 0.001 * g * g;
      double rate = 0.1 * (1 + Math.cos(Math.PI * (t - 1) / gradients.length)) / 2;
      double corrected = mean / (1 - Math.pow(0.9, t));
      double spread = Math.sqrt(square / (1 - Math.pow(0.999, t)));
      expected -= rate * corrected / (spread + 1e-8);
      adam.step(List.of(Nd4j.createFromArray(g)));
      assertThat(value.getDouble(0)).as("step %d", t).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void itFindsTheLeastOfAParabola() {
    INDArray value = Nd4j.createFromArray(4.0, -3.0);
    CosineAdam adam = new CosineAdam(List.of(value), 0.2, 300);
    for (int step = 0; step < 300; step++) {
      adam.step(List.of(value.sub(1)));
    }
    assertThat(value.data().asDouble()).containsExactly(new double[] {1, 1}, within(1e-3));
  }

  @Test
  void aMissingGradientIsAnError() {
    CosineAdam adam = new CosineAdam(List.of(Nd4j.createFromArray(1.0)), 0.1, 1);
    assertThatThrownBy(() -> adam.step(List.of()))
        .hasMessageContaining("0 gradients for 1 parameters");
  }
}
