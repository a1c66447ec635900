package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Few rows, many that threads share, and rows of many numbers. */
class NeuronRowsTest {
  @ParameterizedTest
  @CsvSource({"5, 7", "1000, 300", "3, 100000"})
  void innerProductsAreThoseOfEveryRow(int rows, int d) {
    INDArray a = SyntheticLayer.gaussian(new SplittableRandom(1), rows, d);
    INDArray b = SyntheticLayer.gaussian(new SplittableRandom(2), rows, d);
    double[] expected = a.mul(b).sum(1).toDoubleVector();
    assertThat(NeuronRows.dot(a, b)).containsExactly(expected, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"5, 7", "1000, 300", "3, 100000"})
  void combinationsHaveCoefficientsOfTheirOwnInEveryRow(int rows, int d) {
    INDArray a = SyntheticLayer.gaussian(new SplittableRandom(1), rows, d);
    INDArray b = SyntheticLayer.gaussian(new SplittableRandom(2), rows, d);
    double[][] coefficients = new double[rows][];
    INDArray expected = a.ulike();
    for (int j = 0; j < rows; j++) {
      coefficients[j] = new double[] {j + 1, -2 * j};
      expected.putRow(j, a.getRow(j).mul(j + 1).add(b.getRow(j).mul(-2 * j)));
    }
    INDArray found = NeuronRows.combination(new INDArray[] {a, b}, coefficients);
    assertThat(Shared.distance(found, expected)).isLessThan(1e-12);
  }

  @Test
  void innerProductsOfPartsAreThoseOfTheirRows() {
    INDArray a = SyntheticLayer.gaussian(new SplittableRandom(1), 6, 7);
    INDArray b = SyntheticLayer.gaussian(new SplittableRandom(2), 9, 7);
    double[] found = NeuronRows.dot(NeuronRows.view(a, 2, 5), NeuronRows.view(b, 6, 9));
    INDArray products = NeuronRows.view(a, 2, 5).mul(NeuronRows.view(b, 6, 9));
    assertThat(found).containsExactly(products.sum(1).toDoubleVector(), within(1e-12));
  }

  @Test
  void rowsOfFloat32AreRefused() {
    INDArray single = SyntheticLayer.gaussian(new SplittableRandom(1), 2, 3).castTo(DataType.FLOAT);
    assertThatThrownBy(() -> NeuronRows.dot(single, single))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected an array of type DOUBLE, found FLOAT.");
  }

  @ParameterizedTest
  @CsvSource({"5, 7", "1000, 300"})
  void aSumMayTakeThePlaceOfOneOfItsParts(int rows, int d) {
    INDArray a = SyntheticLayer.gaussian(new SplittableRandom(1), rows, d);
    INDArray b = SyntheticLayer.gaussian(new SplittableRandom(2), rows, d);
    INDArray expected = a.mul(2).sub(b);
    double[][] coefficients = new double[rows][];
    Arrays.fill(coefficients, new double[] {2, -1});
    NeuronRows.combine(a, new INDArray[] {a, b}, coefficients);
    assertThat(Shared.distance(a, expected)).isLessThan(1e-12);
  }

  /** Neurons that never fire: before others, between them, at the end, and all of them. */
  @ParameterizedTest
  @CsvSource({"'0,3,4', 3", "'', 6", "'0,1,2,3,4,5', 0"})
  void rowsOfZerosAreNotMultiplied(String zeros, int others) {
    INDArray rows = SyntheticLayer.gaussian(new SplittableRandom(1), 6, 4);
    INDArray matrix = SyntheticLayer.gaussian(new SplittableRandom(2), 4, 4);
    for (String zero : zeros.isEmpty() ? new String[0] : zeros.split(",")) {
      rows.putRow(Integer.parseInt(zero), Nd4j.zeros(DataType.DOUBLE, 4));
    }
    List<Long> multiplied = new ArrayList<>();
    INDArray product =
        NeuronRows.productOf(
            rows,
            some -> {
              multiplied.add(some.size(0));
              return some.mmul(matrix);
            });
    assertThat(Shared.distance(product, rows.mmul(matrix))).isLessThan(1e-12);
    assertThat(multiplied.stream().mapToLong(m -> m).sum()).isEqualTo(others);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT", "DOUBLE"})
  void someRowsAreCopiedInFloat64(DataType type) {
    INDArray matrix = SyntheticLayer.gaussian(new SplittableRandom(1), 5, 4).castTo(type);
    INDArray rows = NeuronRows.wide(matrix, 1, 3);
    assertThat(rows.dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(rows.toDoubleMatrix())
        .isDeepEqualTo(NeuronRows.view(matrix, 1, 3).castTo(DataType.DOUBLE).toDoubleMatrix());
    rows.assign(0);
    assertThat(matrix.getDouble(1, 0)).isNotZero();
  }
}
