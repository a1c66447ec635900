package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TaskLineTest {
  private static final long SECOND = 1_000_000_000L;

  private static TaskLine at(long done, long total, String unit) {
    TaskLine line = new TaskLine("moments of A", unit, 0);
    line.reached(0, total, "");
    line.reached(done, total, "");
    return line;
  }

  @Test
  void aCountedTaskShowsSpeedAndTimeLeft() {
    assertThat(at(500, 2000, "images").live(100, 2 * SECOND))
        .isEqualTo(
            "moments of A   25 %  █████░░░░░░░░░░░░░░░  500/2,000 images  250 images/s  6 s left");
  }

  @Test
  void aTaskOfUnknownLengthShowsItsTime() {
    assertThat(new TaskLine("reading the network", "", 0).live(80, 65 * SECOND))
        .isEqualTo("reading the network  1:05 min");
  }

  @Test
  void beforeTheFirstStepIsDoneTheTimeIsShown() {
    assertThat(at(0, 60, "images").live(80, 3 * SECOND))
        .endsWith("  0/60 images  3 s")
        .doesNotContain("left");
  }

  @Test
  void aNarrowWindowLosesTheBarFirstAndThenTheEnd() {
    String narrow = at(500, 2000, "images").live(60, 2 * SECOND);
    assertThat(narrow).doesNotContain("█").endsWith("…");
    assertThat(Wrapping.columns(narrow)).isLessThanOrEqualTo(60);
  }

  @Test
  void workThatWasDoneBeforeDoesNotCountAsSpeed() {
    TaskLine resumed = new TaskLine("moments of A", "images", 0);
    resumed.reached(1000, 2000, "");
    resumed.reached(1100, 2000, "");
    assertThat(resumed.live(100, SECOND)).contains("  100 images/s  9 s left");
  }

  @Test
  void timeThatOtherWorkTookInBetweenDoesNotCount() {
    TaskLine line = at(10, 100, "regressions");
    line.pause(3 * SECOND);
    line.goOn(100 * SECOND);
    line.reached(10, 100, "");
    line.reached(20, 100, "");
    assertThat(line.live(120, 101 * SECOND)).contains("  10 regressions/s  8 s left");
    assertThat(line.seconds(101 * SECOND)).isEqualTo(4);
    line.reached(100, 100, "");
    assertThat(line.summary(109 * SECOND))
        .isEqualTo("moments of A: 100 regressions in 12 s, 10 regressions/s");
  }

  @Test
  void aFinishedTaskLeavesALine() {
    TaskLine line = at(2000, 2000, "images");
    assertThat(line.isFinished()).isTrue();
    assertThat(line.summary(4 * SECOND))
        .isEqualTo("moments of A: 2,000 images in 4 s, 500 images/s");
  }

  @Test
  void timesAreWrittenForPeople() {
    assertThat(TerminalProgress.time(0.4)).isEqualTo("0 s");
    assertThat(TerminalProgress.time(59.4)).isEqualTo("59 s");
    assertThat(TerminalProgress.time(185)).isEqualTo("3:05 min");
    assertThat(TerminalProgress.time(7800)).isEqualTo("2:10 h");
  }
}
