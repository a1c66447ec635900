package org.explain4j.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.explain4j.reports.runs.Band;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void measuredValuesHaveThreeDecimalsOrDigits() {
    assertThat(Numbers.measured(0.98765)).isEqualTo("0.988");
    assertThat(Numbers.measured(-0.25)).isEqualTo("−0.250");
    assertThat(Numbers.measured(0)).isEqualTo("0.000");
    assertThat(Numbers.measured(30_000_000)).isEqualTo("3.00e+07");
    assertThat(Numbers.measured(2.4e-5)).isEqualTo("2.40e−05");
    assertThat(Numbers.measured(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
  }

  @Test
  void rhoHasThreeDecimalsHoweverSmall() {
    assertThat(Numbers.decimals(2.4e-14)).isEqualTo("0.000");
    assertThat(Numbers.decimals(1.0063)).isEqualTo("1.006");
  }

  @Test
  void missingNumbersAreNamed() {
    assertThat(Numbers.measured(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.decimals(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.count(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.seconds(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.percent(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.pValue(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.interval(new Band(.5, Double.NaN, .6))).isEqualTo("0.500");
  }

  @Test
  void smallProbabilitiesAreNotZero() {
    assertThat(Numbers.pValue(1e-9)).isEqualTo("< 0.001");
    assertThat(Numbers.pValue(.0421)).isEqualTo("0.042");
  }
}
