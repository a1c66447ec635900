package org.explain4j.network.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ScaledTest {

  @Test
  void ordinaryNumbersStayWhatTheyAre() {
    Scaled scaled = Scaled.of(rows(new float[] {1e9f, -3}, new float[] {0, 0}));
    assertThat(scaled.bounded()).isSameAs(scaled);
  }

  @Test
  void boundingKeepsEveryDigit() {
    float[] large = {1.2345678e30f, -7.654321e25f};
    float[] small = {1.2345678e-30f, 0};
    Scaled bounded = Scaled.of(rows(large, small)).bounded();
    assertThat(bounded.values().amaxNumber().floatValue()).isBetween(1f, 2f);
    INDArray back = bounded.shifted(bounded.exponents()).values();
    assertThat(back.toFloatMatrix()).isDeepEqualTo(new float[][] {large, small});
  }

  @Test
  void aSumOfBranchesHasTheLargerScale() {
    Scaled a = new Scaled(rows(new float[] {3, 1}, new float[] {5, 0}), new int[] {200, 0});
    Scaled b = new Scaled(rows(new float[] {1, 4}, new float[] {2, 1}), new int[] {199, 300});
    Scaled sum = a.plus(b);
    assertThat(value(sum, 0, 0)).isEqualTo(Math.scalb(3.5, 200));
    assertThat(value(sum, 0, 1)).isEqualTo(Math.scalb(3.0, 200));
    assertThat(value(sum, 1, 0)).isEqualTo(Math.scalb(2.0, 300));
    assertThat(value(sum, 1, 1)).isEqualTo(Math.scalb(1.0, 300));
    assertThat(b.plus(a).values()).isEqualTo(sum.values());
  }

  @Test
  void aBranchWithoutMessageLeavesTheOtherAlone() {
    Scaled silent = new Scaled(rows(new float[] {0, 0}), new int[] {900});
    Scaled other = new Scaled(rows(new float[] {1.5f, -1e-20f}), new int[] {-3});
    for (Scaled sum : new Scaled[] {silent.plus(other), other.plus(silent)}) {
      assertThat(value(sum, 0, 0)).isEqualTo(1.5 / 8);
      assertThat(value(sum, 0, 1)).isEqualTo(-1e-20f / 8.0);
    }
  }

  @Test
  void theSmallestNumbersAreBroughtIntoRange() {
    Scaled bounded = Scaled.of(rows(new float[] {Float.MIN_VALUE, 0})).bounded();
    assertThat(value(bounded, 0, 0)).isEqualTo(Float.MIN_VALUE);
    assertThat(bounded.values().getFloat(0, 0)).isEqualTo(1f);
  }

  private static double value(Scaled scaled, int row, int column) {
    return Math.scalb(scaled.values().getDouble(row, column), scaled.exponents()[row]);
  }

  private static INDArray rows(float[]... rows) {
    return Nd4j.createFromArray(rows);
  }
}
