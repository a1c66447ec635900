package org.explain4j.reports.sections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

class ChangedScoresTest {
  private static PairedDifference change(double difference, Verdict verdict, String better) {
    return change("s", difference, verdict, better);
  }

  private static PairedDifference change(
      String score, double difference, Verdict verdict, String better) {
    double width = difference == 0 ? Double.NaN : .01;
    return new PairedDifference(
        "m",
        score,
        Group.FUNCTION,
        "gradient",
        "gradient",
        new PairedTest(difference, difference - width, difference + width, 0, 0, .5, .5, 0, .02),
        Optional.of(verdict),
        Optional.ofNullable(better),
        20,
        OptionalLong.of(0));
  }

  @Test
  void changesAreCountedInTheThreeWords() {
    String sentence =
        ChangedScores.sentence(
            "two",
            Optional.of(
                List.of(
                    change(-.1, Verdict.BETTER, "better now"),
                    change(.1, Verdict.BETTER, "better before"),
                    change(.001, Verdict.TIE, null),
                    change(0, Verdict.TIE, null),
                    change(.01, Verdict.UNDECIDED, null))));
    assertThat(sentence)
        .isEqualTo(
            "two: scores of methods on the same images: 5; better now: 1, better before: 1,"
                + " tie: 2 (the same on every image: 1), undecided: 1.");
  }

  @Test
  void otherImagesDecideNothing() {
    assertThat(ChangedScores.sentence("two", Optional.empty())).contains("nothing is decided");
  }

  @Test
  void aScoreThatNeverChangedHasNoChart() {
    assertThat(ChangedScores.charts("one", "two", List.of(change(0, Verdict.TIE, null))))
        .singleElement()
        .isInstanceOf(Block.Table.class);
    assertThat(ChangedScores.charts("one", "two", List.of(change(.1, Verdict.TIE, null))))
        .singleElement()
        .isInstanceOfSatisfying(
            Block.Figure.class,
            figure -> assertThat(figure.numbers()).isInstanceOf(Block.Table.class));
  }

  @Test
  void aScoreThatMirrorsAnEarlierOneIsToldOnce() {
    List<PairedDifference> tests =
        List.of(
            change("mean", -.1, Verdict.BETTER, "better now"),
            change("drop", .1, Verdict.BETTER, "better now"),
            change("other", .2, Verdict.BETTER, "better now"));
    assertThat(ChangedScores.sentence("two", Optional.of(tests))).contains("images: 2; better");
    assertThat(ChangedScores.charts("one", "two", tests))
        .singleElement()
        .isInstanceOfSatisfying(
            Block.Figure.class,
            figure ->
                assertThat(figure.panels())
                    .extracting(Block.Panel::title)
                    .containsExactly("m, mean", "m, other"));
  }
}
