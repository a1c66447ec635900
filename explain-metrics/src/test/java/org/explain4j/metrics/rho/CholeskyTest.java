package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CholeskyTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256, 600})
  void regularMatricesAreSolved(int d) {
    INDArray samples = SyntheticLayer.gaussian(new SplittableRandom(1), 2 * d, d);
    INDArray matrix = samples.transpose().mmul(samples).addi(Nd4j.eye(d).castTo(DataType.DOUBLE));
    INDArray solution = SyntheticLayer.gaussian(new SplittableRandom(2), 5, d);
    INDArray rows = solution.mmul(matrix).dup('c');
    Cholesky cholesky = Cholesky.of(matrix.dup('c'), new boolean[d]);
    cholesky.solve(rows);
    assertThat(Shared.distance(rows, solution)).isLessThan(1e-9);
    assertThat(cholesky.pivots()).as("which are slower").isNull();
    assertThat(Shared.distance(cholesky.times(solution), solution.mmul(matrix))).isLessThan(1e-12);
  }

  /** Input 3 is constant, 7 a copy of 2, 9 a sum of 4 and 5: as the pseudo-inverse has it. */
  @Test
  void nullDirectionsAreDropped() {
    int d = 12;
    INDArray samples = SyntheticLayer.gaussian(new SplittableRandom(1), 60, d);
    samples.getColumn(3).assign(0);
    samples.getColumn(7).assign(samples.getColumn(2));
    samples.getColumn(9).assign(samples.getColumn(4).add(samples.getColumn(5)));
    INDArray matrix = samples.transpose().mmul(samples).dup('c');
    INDArray right = SyntheticLayer.gaussian(new SplittableRandom(2), 5, d).mmul(matrix).dup('c');
    RealMatrix inverse =
        new SingularValueDecomposition(new Array2DRowRealMatrix(matrix.toDoubleMatrix()))
            .getSolver()
            .getInverse();
    RealMatrix expected = new Array2DRowRealMatrix(right.toDoubleMatrix()).multiply(inverse);
    boolean[] constant = new boolean[d];
    constant[3] = true;
    for (Cholesky cholesky :
        List.of(
            Cholesky.of(matrix.dup('c'), constant), Cholesky.of(matrix.dup('c'), new boolean[d]))) {
      INDArray rows = right.dup('c');
      cholesky.solve(rows);
      assertThat(cholesky.dropped()).isEqualTo(3);
      INDArray onPivots = Nd4j.zerosLike(right);
      for (int pivot : cholesky.pivots()) {
        onPivots.getColumn(pivot).assign(right.getColumn(pivot));
      }
      assertThat(Shared.distance(cholesky.times(rows), onPivots)).isLessThan(1e-12);
      // The same but for null directions, which the matrix takes to 0.
      RealMatrix difference = expected.subtract(new Array2DRowRealMatrix(rows.toDoubleMatrix()));
      RealMatrix left = difference.multiply(new Array2DRowRealMatrix(matrix.toDoubleMatrix()));
      assertThat(left.getNorm()).isLessThan(1e-9);
      for (int j = 0; j < 5; j++) {
        assertThat(rows.getDouble(j, 3)).isZero();
        int nonZero = 0;
        for (int i = 0; i < d; i++) {
          nonZero += rows.getDouble(j, i) == 0 ? 0 : 1;
        }
        assertThat(nonZero).isEqualTo(9);
      }
    }
  }

  /** LAPACK takes the second pivot, 4e-16 of its variance, for positive. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-8, 1, 1e8})
  void aPivotThatIsOnlyRoundingIsDropped(double unit) {
    double[][] twice = {{unit, unit}, {unit, unit * (1 + 2 * Math.ulp(1.0))}};
    Cholesky cholesky = Cholesky.of(Nd4j.createFromArray(twice), new boolean[2]);
    assertThat(cholesky.dropped()).isEqualTo(1);
    double[][] apart = {{unit, 0}, {0, 1e-10 * unit}};
    assertThat(Cholesky.of(Nd4j.createFromArray(apart), new boolean[2]).pivots()).isNull();
  }

  @Test
  void whatIsSaidToBeConstantIsDroppedWhateverItsVariance() {
    INDArray matrix = Nd4j.createFromArray(new double[][] {{2, 0, 0}, {0, 1e-3, 0}, {0, 0, 4}});
    Cholesky cholesky = Cholesky.of(matrix, new boolean[] {false, true, false});
    INDArray rows = Nd4j.createFromArray(new double[][] {{2, 1, 2}});
    cholesky.solve(rows);
    assertThat(cholesky.dropped()).isEqualTo(1);
    assertThat(rows.toDoubleMatrix()[0]).containsExactly(new double[] {1, 0, .5}, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherMatrixFitsBesideTheFactor(boolean singular) {
    int d = 40;
    INDArray samples = SyntheticLayer.gaussian(new SplittableRandom(1), 2 * d, d);
    if (singular) {
      samples.getColumn(3).assign(samples.getColumn(8));
    }
    INDArray matrix = samples.transpose().mmul(samples).dup('c');
    INDArray others = SyntheticLayer.gaussian(new SplittableRandom(3), d, d);
    INDArray other = others.transpose().mmul(others).dup('c');
    INDArray rows = SyntheticLayer.gaussian(new SplittableRandom(2), 5, d).mmul(matrix).dup('c');
    INDArray expected = rows.mmul(other);
    Cholesky cholesky = Cholesky.of(matrix.dup('c'), new boolean[d]);
    INDArray before = rows.dup('c');
    cholesky.solve(before);
    UnaryOperator<INDArray> times = cholesky.store(other);
    assertThat(Shared.distance(times.apply(rows), expected)).isLessThan(1e-12);
    INDArray after = rows.dup('c');
    cholesky.solve(after);
    assertThat(after).isEqualTo(before);
    assertThat(cholesky.dropped()).isEqualTo(singular ? 1 : 0);
  }
}
