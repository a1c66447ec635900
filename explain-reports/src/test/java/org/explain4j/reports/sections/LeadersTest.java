package org.explain4j.reports.sections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

final class LeadersTest {
  private static final List<String> BY_MEAN = List.of("a", "b", "c");

  private static Leaders.Outcome outcome(String a, String b, Verdict verdict, String better) {
    return new Leaders.Outcome(a, b, verdict, Optional.of(better).filter(name -> !name.isEmpty()));
  }

  private static String said(Leaders.Outcome... outcomes) {
    Leaders leaders = Leaders.of(BY_MEAN, List.of(outcomes));
    return leaders.verdict().word() + ": " + String.join(", ", leaders.names());
  }

  @Test
  void theFirstIsBetterOnlyIfItBeatsEveryOther() {
    assertThat(said(outcome("a", "b", Verdict.BETTER, "a"), outcome("c", "a", Verdict.BETTER, "a")))
        .isEqualTo("better: a");
  }

  @Test
  void aTieNamesAllThatTie() {
    assertThat(said(outcome("b", "a", Verdict.TIE, ""), outcome("a", "c", Verdict.BETTER, "a")))
        .isEqualTo("tie: a, b");
    assertThat(said(outcome("b", "a", Verdict.TIE, ""), outcome("c", "a", Verdict.TIE, "")))
        .isEqualTo("tie: a, b, c");
  }

  @Test
  void oneOpenQuestionLeavesItUndecided() {
    assertThat(said(outcome("a", "b", Verdict.TIE, ""), outcome("a", "c", Verdict.UNDECIDED, "")))
        .isEqualTo("undecided: a, b, c");
    assertThat(
            said(outcome("a", "b", Verdict.BETTER, "a"), outcome("a", "c", Verdict.UNDECIDED, "")))
        .isEqualTo("undecided: a, c");
  }

  @Test
  void aPairThatTheFirstByMeanLosesIsUndecided() {
    assertThat(said(outcome("a", "b", Verdict.BETTER, "b"), outcome("a", "c", Verdict.BETTER, "a")))
        .isEqualTo("undecided: a, b");
  }

  @Test
  void withoutTestsNothingIsDecided() {
    assertThat(said()).isEqualTo("undecided: a, b, c");
    assertThat(said(outcome("b", "c", Verdict.BETTER, "b"))).isEqualTo("undecided: a, b, c");
  }
}
