package org.explain4j.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are scipy 1.10's: friedmanchisquare, studentized_range, kendalltau. */
class FriedmanTest {
  /** The example of scipy's documentation: the pulse of seven people before and after exercise. */
  private static final double[][] PULSE = {
    {72, 120, 76},
    {96, 120, 95},
    {88, 132, 104},
    {92, 120, 96},
    {74, 101, 84},
    {76, 96, 72},
    {82, 112, 76}
  };

  @Test
  void scipysPublishedExample() {
    Friedman friedman = Friedman.of(PULSE);
    assertThat(friedman.statistic()).isCloseTo(10.57142857142857, within(1e-12));
    assertThat(friedman.pValue()).isCloseTo(0.005063414171757498, within(1e-14));
    assertThat(friedman.meanRanks())
        .containsExactly(new double[] {10 / 7., 3, 11 / 7.}, within(1e-12));
  }

  @Test
  void tiesAreCorrectedForAsInScipy() {
    double[][] tied = {{1, 1, 2, 4}, {2, 3, 2, 1}, {2, 2, 2, 2}, {4, 1, 3, 2}, {5, 5, 4, 1}};
    Friedman friedman = Friedman.of(tied);
    assertThat(friedman.statistic()).isCloseTo(1.0540540540540555, within(1e-12));
    assertThat(friedman.pValue()).isCloseTo(0.7881755589271551, within(1e-12));
  }

  @Test
  void equalTreatmentsDoNotDiffer() {
    Friedman friedman = Friedman.of(new double[][] {{1, 1, 1}, {2, 2, 2}});
    assertThat(friedman.statistic()).isNaN();
    assertThat(friedman.pValue()).isEqualTo(1);
    assertThat(friedman.meanRanks()).containsExactly(2, 2, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2.771807648699355",
    "3, 3.314493155398122",
    "4, 3.6331595749026278",
    "5, 3.857655510378623",
    "10, 4.474124221725907",
    "45, 5.576561132869737"
  })
  void studentizedRangesAreScipys(int k, double quantile) {
    assertThat(StudentizedRange.quantile(.95, k)).isCloseTo(quantile, within(1e-6));
    assertThat(StudentizedRange.cumulative(quantile, k)).isCloseTo(.95, within(1e-8));
  }

  /** Demšar 2006, section 3.2.2: four classifiers on fourteen data sets. */
  @Test
  void demsarsCriticalDifference() {
    Friedman friedman = Friedman.of(new double[14][4]);
    assertThat(friedman.criticalDifference(.05)).isCloseTo(1.25, within(.005));
    assertThat(friedman.criticalDifference(.1)).isCloseTo(1.12, within(.005));
  }

  @Test
  void valuesThatCannotBeRankedAreRefused() {
    for (double[][] values : new double[][][] {{}, {{1}}, {{1, 2}, {1}}, {{1, Double.NaN}}}) {
      assertThatThrownBy(() -> Friedman.of(values))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be compared");
    }
  }
}
