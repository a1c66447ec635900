package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.explain4j.api.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CholeskyTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256, 600})
  void bothSolve(int d) {
    INDArray samples = SyntheticLayer.gaussian(new SplittableRandom(1), 2 * d, d);
    INDArray matrix = samples.transpose().mmul(samples).addi(Nd4j.eye(d).castTo(DataType.DOUBLE));
    INDArray solution = SyntheticLayer.gaussian(new SplittableRandom(2), 5, d);
    for (Function<INDArray, Cholesky> method :
        java.util.List.<Function<INDArray, Cholesky>>of(
            LapackCholesky::factorise, BlockedCholesky::factorise, Cholesky::of)) {
      INDArray rows = solution.mmul(matrix).dup('c');
      method.apply(matrix.dup('c')).solve(rows);
      assertThat(Shared.distance(rows, solution)).isLessThan(1e-9);
    }
  }

  @Test
  void lapackIsThereOnTheCpu() {
    assertThat(LapackCholesky.AVAILABLE).isTrue();
    assertThat(Cholesky.of(Nd4j.eye(3).castTo(DataType.DOUBLE).dup('c')))
        .isInstanceOf(LapackCholesky.class);
  }

  @Test
  void anIndefiniteMatrixIsRefusedByBoth() {
    INDArray matrix = Nd4j.eye(4).castTo(DataType.DOUBLE).dup('c');
    matrix.putScalar(2, 2, -1.0);
    assertThatThrownBy(() -> LapackCholesky.factorise(matrix.dup('c')))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("input 2");
    assertThatThrownBy(() -> BlockedCholesky.factorise(matrix.dup('c')))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("input 2");
  }
}
