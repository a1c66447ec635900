package org.explain4j.network.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ElementsTest {

  @ParameterizedTest
  @CsvSource({"FLOAT, 0", "FLOAT, 0.25", "DOUBLE, 0", "DOUBLE, 0.25"})
  void aQuotientsDenominatorKeepsItsSign(DataType type, double epsilon) {
    double[] message = {3, -3, 3, -3, 0, 3, 3};
    double[] z = {2, 2, -2, -2, -2, 0.0, -0.0};
    INDArray target = row(type, new double[z.length]);
    Elements.quotient(row(type, message), row(type, z), epsilon, 0.5, target);
    for (int i = 0; i < z.length; i++) {
      double denominator = z[i] < 0 ? z[i] - epsilon : z[i] + epsilon;
      double expected = denominator == 0 ? 0 : 0.5 * message[i] / denominator;
      assertThat(target.getDouble(0, i)).isCloseTo(expected, within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false",
    "-0.0, false, false",
    "1, false, true",
    "-1, true, true",
    "1e-45, false, true",
    "-1e-45, true, true",
    "Infinity, false, true",
    "-Infinity, true, true"
  })
  void oneNumberAmongMany(float number, boolean negative, boolean nonZero) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray array = Nd4j.zeros(type, 2, 3, 5, 7);
      array.putScalar(1, 2, 0, 6, number);
      assertThat(Elements.anyNegative(array)).isEqualTo(negative);
      assertThat(Elements.anyNonZero(array)).isEqualTo(nonZero);
    }
  }

  @Test
  void aPartOfABatchIsAskedAlone() {
    INDArray batch = Nd4j.createFromArray(new float[][] {{-1, 2}, {3, 4}});
    assertThat(Elements.anyNegative(Workers.slice(batch, 1, 2))).isFalse();
    assertThat(Elements.anyNegative(Workers.slice(batch, 0, 1))).isTrue();
  }

  @Test
  void aMessageThatIsNotANumberIsNotTakenForNegative() {
    float minusNan = Float.intBitsToFloat(0xffc00000);
    double[] message = {Float.NaN, minusNan, 2, -2, Double.POSITIVE_INFINITY, 1, Float.NaN, -0.0};
    double[] gate = {1, 1, 1, 1, 1, 0, 0, 1};
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray m = row(type, message);
      assertThat(Elements.positive(m, row(type, gate)).toDoubleVector())
          .containsExactly(Double.NaN, Double.NaN, 2, 0, Double.POSITIVE_INFINITY, 0, 0, 0);
      assertThat(Elements.positive(m).toDoubleVector())
          .containsExactly(
              Double.NaN, Double.NaN, 2, 0, Double.POSITIVE_INFINITY, 1, Double.NaN, 0);
    }
  }

  @Test
  void theLargestNumberOfEachExample() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray batch = Nd4j.zeros(type, 4, 2, 3, 3);
      batch.putScalar(0, 1, 2, 2, -5);
      batch.putScalar(1, 0, 0, 0, Double.NEGATIVE_INFINITY);
      batch.putScalar(2, 0, 1, 0, Double.NaN);
      batch.putScalar(2, 1, 1, 0, 7);
      assertThat(Elements.maxima(batch))
          .containsExactly(5, Double.POSITIVE_INFINITY, Double.NaN, 0);
    }
  }

  private static INDArray row(DataType type, double[] values) {
    return Nd4j.createFromArray(new double[][] {values}).castTo(type);
  }
}
