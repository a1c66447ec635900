package org.explain4j.network.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.explain4j.network.arrays.Products.Transposed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ProductsTest {
  private static final int M = 3;
  private static final int N = 5;
  private static final int K = 4;

  /** Where a matrix lies. */
  private enum Place {
    WHOLE,
    ROWS_OF_ANOTHER,
    COLUMNS_OF_ANOTHER,
    BY_COLUMNS
  }

  private static INDArray matrix(int rows, int columns, Place place, DataType type) {
    return switch (place) {
      case WHOLE -> numbers(rows, columns, type);
      case ROWS_OF_ANOTHER -> Workers.slice(numbers(rows + 3, columns, type), 2, 2 + rows);
      case COLUMNS_OF_ANOTHER -> Products.columns(numbers(rows, columns + 3, type), 2, 2 + columns);
      case BY_COLUMNS -> numbers(rows, columns, type).dup('f');
    };
  }

  private static INDArray numbers(int rows, int columns, DataType type) {
    INDArray numbers = Nd4j.create(type, rows, columns);
    for (int i = 0; i < numbers.length(); i++) {
      numbers.putScalar(i, (7 * i + rows) % 11 - 4);
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, NONE, WHOLE",
    "FLOAT, FIRST, WHOLE",
    "FLOAT, SECOND, WHOLE",
    "DOUBLE, NONE, WHOLE",
    "DOUBLE, FIRST, WHOLE",
    "DOUBLE, SECOND, WHOLE",
    "FLOAT, NONE, ROWS_OF_ANOTHER",
    "FLOAT, FIRST, ROWS_OF_ANOTHER",
    "DOUBLE, SECOND, ROWS_OF_ANOTHER",
    "FLOAT, SECOND, COLUMNS_OF_ANOTHER",
    "DOUBLE, NONE, COLUMNS_OF_ANOTHER",
    "DOUBLE, FIRST, COLUMNS_OF_ANOTHER",
    "FLOAT, NONE, BY_COLUMNS",
    "DOUBLE, FIRST, BY_COLUMNS",
    "FLOAT, SECOND, BY_COLUMNS"
  })
  void areThoseOfTheDefinition(DataType type, Transposed transposed, Place place) {
    boolean first = transposed == Transposed.FIRST;
    boolean second = transposed == Transposed.SECOND;
    INDArray a = matrix(first ? K : M, first ? M : K, place, type);
    INDArray b = matrix(second ? N : K, second ? K : N, place, type);
    for (double keep : new double[] {0, 1}) {
      INDArray target = matrix(M, N, place, type);
      INDArray before = target.dup();
      Products.multiply(a, b, transposed, target, keep);
      for (int i = 0; i < M; i++) {
        for (int j = 0; j < N; j++) {
          double sum = keep * before.getDouble(i, j);
          for (int l = 0; l < K; l++) {
            sum +=
                (first ? a.getDouble(l, i) : a.getDouble(i, l))
                    * (second ? b.getDouble(j, l) : b.getDouble(l, j));
          }
          assertThat(target.getDouble(i, j)).isEqualTo(sum);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"COLUMNS_OF_ANOTHER", "ROWS_OF_ANOTHER"})
  void whatSurroundsTheTargetStays(Place place) {
    INDArray whole = Nd4j.valueArrayOf(new long[] {M + 2, N + 2}, 7, DataType.FLOAT);
    INDArray target = whole.get(NDArrayIndex.interval(1, M + 1), NDArrayIndex.interval(1, N + 1));
    INDArray a = matrix(M, K, place, DataType.FLOAT);
    Products.multiply(a, matrix(K, N, place, DataType.FLOAT), Transposed.NONE, target, 0);
    target.assign(0);
    assertThat(whole.sumNumber().doubleValue()).isEqualTo(7 * ((M + 2) * (N + 2) - M * N));
  }

  /** Memory that was used before holds anything. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void whatTheTargetHeldIsNotReadIfItIsNotKept(DataType type) {
    INDArray target = Nd4j.valueArrayOf(new long[] {M, N}, Double.NaN, type);
    Products.multiply(numbers(M, K, type), numbers(K, N, type), Transposed.NONE, target, 0);
    assertThat(target.sumNumber().doubleValue()).isFinite();
  }

  /** A single row or column may have any stride. */
  @ParameterizedTest
  @CsvSource({"1, 5, 4", "3, 1, 4", "3, 5, 1", "1, 1, 1"})
  void ofSingleRowsAndColumns(int m, int n, int k) {
    INDArray a = Products.columns(numbers(m, k + 2, DataType.DOUBLE), 1, k + 1);
    INDArray b = Products.columns(numbers(k, n + 2, DataType.DOUBLE), 1, n + 1);
    INDArray target = Nd4j.create(DataType.DOUBLE, m, n);
    Products.multiply(a, b, Transposed.NONE, target, 0);
    assertThat(target).isEqualTo(a.dup().mmul(b.dup()));
  }

  /** A library in native code would read beyond the end. */
  @ParameterizedTest
  @EnumSource(Transposed.class)
  void shapesThatDoNotFitAreRefused(Transposed transposed) {
    INDArray a = numbers(3, 4, DataType.FLOAT);
    INDArray b = numbers(5, 6, DataType.FLOAT);
    INDArray target = numbers(3, 6, DataType.FLOAT);
    assertThatThrownBy(() -> Products.multiply(a, b, transposed, target, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No product");
  }
}
