package org.explain4j.reports.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''-x"})
  void textsThatASpreadsheetWouldComputeAreGuardedAndReadBack(String text) {
    assertThat(Formulas.guarded(text)).isEqualTo("'" + text);
    assertThat(Formulas.plain(Formulas.guarded(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gradient", "a=b", "'quoted'", "percentile: -1"})
  void otherTextsStay(String text) {
    assertThat(Formulas.guarded(text)).isEqualTo(text);
    assertThat(Formulas.plain(text)).isEqualTo(text);
  }

  @Test
  void aTablesTextsAreGuardedAndItsNumbersNot() {
    StageTime time = new StageTime("=1+1", -2, true);
    assertThat(RunTable.TIMINGS.fields(time)).startsWith("'=1+1", "-2.0");
    assertThat(RunTable.TIMINGS.row(RunTable.TIMINGS.fields(time))).isEqualTo(time);
    assertThat(RunTable.TIMINGS.csv(List.of(time))).contains("\n'=1+1,-2.0,");
  }
}
