package org.explain4j.network.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HostMemoryTest {
  private static INDArray matrix(DataType type) {
    return Nd4j.arange(12).castTo(type).reshape('c', 4, 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void rowsAreCopiedInTheOrderAskedFor(DataType type) {
    INDArray two = Nd4j.zeros(type, 2, 3);
    HostMemory.copyRows(matrix(type), new int[] {3, 1}, two);
    assertThat(two.toDoubleMatrix()).isDeepEqualTo(new double[][] {{9, 10, 11}, {3, 4, 5}});
  }

  /** Both begin in the middle of other arrays. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void rowsOfAViewAreCopiedToAView(DataType type) {
    INDArray all = Nd4j.zeros(type, 4, 3);
    INDArray last = Workers.slice(matrix(type), 1, 4);
    HostMemory.copyRows(last, new int[] {2, 2}, Workers.slice(all, 1, 3));
    assertThat(all.toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 0, 0}, {9, 10, 11}, {9, 10, 11}, {0, 0, 0}});
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void rowsWithGapsBetweenThemAreCopied(DataType type) {
    INDArray columns = Products.columns(matrix(type), 1, 3);
    INDArray two = Nd4j.zeros(type, 2, 2);
    HostMemory.copyRows(columns, new int[] {0, 2}, two);
    assertThat(two.toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 2}, {7, 8}});
  }

  @Test
  void rowsThatAreMissingOrOfAnotherKindAreRefused() {
    INDArray two = Nd4j.zeros(DataType.FLOAT, 2, 3);
    INDArray matrix = matrix(DataType.FLOAT);
    assertThatThrownBy(() -> HostMemory.copyRows(matrix, new int[] {0, 4}, two))
        .isInstanceOf(IndexOutOfBoundsException.class);
    for (int[] rows : new int[][] {{0}, {0, 1, 2}}) {
      assertThatThrownBy(() -> HostMemory.copyRows(matrix, rows, two))
          .isInstanceOf(IllegalArgumentException.class);
    }
    INDArray wide = two.castTo(DataType.DOUBLE);
    assertThatThrownBy(() -> HostMemory.copyRows(matrix, new int[] {0, 1}, wide))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Libraries would read from nowhere, and end the process. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void closedArraysAndTheirPartsAreRefused(DataType type) {
    INDArray closed = matrix(type).dup();
    INDArray part = Workers.slice(closed, 1, 3);
    INDArray target = Nd4j.zeros(type, 2, 2);
    closed.close();
    assertThatThrownBy(() -> Planes.reading(closed, 3).plane())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Products.multiply(part, part, Products.Transposed.SECOND, target, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
