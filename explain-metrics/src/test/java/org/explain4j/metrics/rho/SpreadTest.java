package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.explain4j.metrics.rho.ResidualStatistics.Spread;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void rhoIsOneLessTheCorrelation() {
    assertThat(new Spread(.3, .25, 4).rho()).isCloseTo(.7, within(1e-15));
  }

  @Test
  void aConstantTargetOrPredictionHasNoRho() {
    assertThat(new Spread(.3, .25, 0).rho()).isNaN();
    assertThat(new Spread(.3, 0, 4).rho()).isNaN();
    assertThat(new Spread(0, 0, 0).rho()).isNaN();
  }

  /** As of least squares, whose variance is the covariance, whatever rounding made of it. */
  @Test
  void aCovarianceOfRoundingIsItsOwnVariance() {
    assertThat(new Spread(3e-12, 1, 4).rho()).isCloseTo(1 - Math.sqrt(.75e-12), within(1e-12));
    assertThat(new Spread(1e-12, 1, 1).rho()).isCloseTo(1 - 1e-6, within(1e-12)); // just so
    assertThat(new Spread(1.1e-12, 1, 1).rho()).isCloseTo(1, within(1e-11));
    assertThat(new Spread(-3e-13, 1, 4).rho()).isEqualTo(1);
  }

  @Test
  void aVarianceOfRoundingIsLost() {
    assertThat(new Spread(0, 1e-12, 1).isLost(1)).isTrue();
    assertThat(new Spread(0, 1.1e-12, 1).isLost(1)).isFalse();
  }

  @Test
  void nothingIsScaledWhereNothingIsPredicted() {
    assertThat(new Spread(.3, .25, 4).scale()).isCloseTo(1.2, within(1e-15));
    assertThat(new Spread(.3, 0, 4).scale()).isZero();
    assertThat(new Spread(.3, .25, 0).scale()).isZero();
  }

  @Test
  void theLossIsAShareOfTheTargetsVariance() {
    assertThat(new Spread(.3, .25, 4).loss()).isCloseTo(1 - .35 / 4, within(1e-15));
  }
}
