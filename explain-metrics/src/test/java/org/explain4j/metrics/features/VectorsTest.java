package org.explain4j.metrics.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorsTest {
  @Test
  void normsAndDistances() {
    double[] a = {1, 2, -2};
    double[] b = {1, 5, 2};
    assertThat(Vectors.dot(a, b)).isEqualTo(7);
    assertThat(Vectors.norm(a)).isEqualTo(3);
    assertThat(Vectors.distance(a, b)).isEqualTo(5);
    assertThat(Vectors.manhattan(a, b)).isEqualTo(7);
  }

  @Test
  void whatIsMissingIsLeftOut() {
    assertThat(Vectors.meanOfKnown(Double.NaN, 1, 3)).isEqualTo(2);
    assertThat(Vectors.largestOfKnown(1, Double.NaN, -3)).isEqualTo(1);
    assertThat(Vectors.meanOfKnown(Double.NaN)).isNaN();
    assertThat(Vectors.largestOfKnown()).isNaN();
    assertThat(Vectors.quotient(3, 2)).isEqualTo(1.5);
    assertThat(Vectors.quotient(3, 0)).isNaN();
  }
}
