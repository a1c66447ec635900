package org.explain4j.network.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlanesTest {
  private final INDArray matrix = Nd4j.arange(12).castTo(DataType.FLOAT).reshape('c', 4, 3);

  private static void add(INDArray array, float value) {
    float[] numbers = new float[3];
    Planes planes = Planes.changing(array, numbers.length);
    Planes.Plane plane = planes.plane(numbers).load(0);
    numbers[1] += value;
    plane.store(0);
    planes.written();
  }

  /** Its strides are those of the whole matrix, of which one is never used. */
  @Test
  void aSingleRowIsChangedInItsMatrix() {
    add(Workers.slice(matrix, 2, 3), 100);
    assertThat(matrix.getRow(2).toFloatVector()).containsExactly(6, 107, 8);
    assertThat(matrix.sumNumber().doubleValue()).isEqualTo(66 + 100);
  }

  @Test
  void ofNumbersThatDoNotAdjoinACopyWouldBeChangedInVain() {
    INDArray columns = Products.columns(matrix, 0, 2);
    assertThatThrownBy(() -> Planes.changing(columns, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one after the other");
    assertThat(Planes.reading(columns, 2).count()).isEqualTo(4);
  }
}
