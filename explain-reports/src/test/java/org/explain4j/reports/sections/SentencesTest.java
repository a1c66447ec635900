package org.explain4j.reports.sections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.explain4j.api.Group;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.Test;

/** Tables that must give each of the words. */
class SentencesTest {
  private final Map<String, Double> means = new LinkedHashMap<>();
  private final List<PairedDifference> pairs = new ArrayList<>();
  private long images = 100;

  private void pair(String a, String b, Verdict verdict, String better) {
    double difference = means.getOrDefault(a, 0.0) - means.getOrDefault(b, 0.0);
    pair(
        a,
        b,
        new PairedTest(difference, difference - .01, difference + .01, 0, 0, .5, .5, 0, .02),
        verdict,
        better);
  }

  /** Methods whose scores are the same on every image. */
  private void same(String a, String b) {
    pair(a, b, new PairedTest(0, 0, 0, 0, 0, 1, 1, 0, .02), Verdict.TIE, null);
  }

  private void pair(String a, String b, PairedTest test, Verdict verdict, String better) {
    pairs.add(
        new PairedDifference(
            "degradation",
            "mean-probability",
            Group.ATTRIBUTION,
            a,
            b,
            test,
            Optional.of(verdict),
            Optional.ofNullable(better),
            images,
            OptionalLong.of(0)));
  }

  private String said() {
    return String.join(" ", sentences().all());
  }

  /** What stands on the first screen. */
  private String lead() {
    return String.join(" ", new Lead(sentences()).sentences());
  }

  private Sentences sentences() {
    List<Score> scores = new ArrayList<>();
    means.forEach(
        (label, mean) ->
            scores.add(
                new Score(
                    "degradation",
                    "degradation",
                    "mean-probability",
                    "lower",
                    label,
                    new Band(mean, mean - .02, mean + .02),
                    images,
                    0,
                    .02,
                    Double.NaN,
                    Double.NaN)));
    Map<String, String> ids = new LinkedHashMap<>();
    means.keySet().forEach(label -> ids.put(label, label.split(" ", 2)[0]));
    List<String> labels =
        means.keySet().stream().filter(label -> !label.equals(Score.BASELINE)).toList();
    Methods methods = new Methods(Map.of(Group.ATTRIBUTION, labels), ids);
    return new Sentences(scores, pairs, methods);
  }

  @Test
  void betterThanEveryOther() {
    means.put("a", .5);
    means.put("b", .6);
    pair("a", "b", Verdict.BETTER, "a");
    assertThat(said())
        .isEqualTo("Among 2 attributions, a (0.500 [0.480, 0.520]) is better than every other.");
  }

  @Test
  void tiesAndTheRest() {
    means.put("a", .5);
    means.put("b", .51);
    means.put("c", .52);
    means.put("d", .9);
    pair("a", "b", Verdict.TIE, null);
    pair("c", "a", Verdict.TIE, null);
    pair("a", "d", Verdict.BETTER, "a");
    assertThat(said())
        .isEqualTo(
            "Among 4 attributions, a (0.500 [0.480, 0.520]) ties with b and c; it is better than"
                + " the rest.");
  }

  @Test
  void undecidedAlsoWhereNothingWasTested() {
    means.put("a", .5);
    means.put("b", .55);
    means.put("c", .56);
    pair("a", "b", Verdict.TIE, null);
    assertThat(said())
        .isEqualTo(
            "Among 3 attributions, a (0.500 [0.480, 0.520]) leads by mean only: it ties with b,"
                + " and whether it is better than c is undecided.");
  }

  /** The test goes by ranks, the order by means: a few images decide which mean is lower. */
  @Test
  void whatTheFirstByMeanLosesToIsUndecided() {
    means.put("a", .5);
    means.put("b", .51);
    pair("a", "b", Verdict.BETTER, "b");
    assertThat(said())
        .isEqualTo(
            "Among 2 attributions, a (0.500 [0.480, 0.520]) leads by mean only: whether it is"
                + " better than b is undecided.");
  }

  @Test
  void methodsOfTheSameNumbersAreOne() {
    means.put("a", .5);
    means.put("b", .5);
    means.put("c", .9);
    same("a", "b");
    pair("a", "c", Verdict.BETTER, "a");
    assertThat(said())
        .isEqualTo(
            "Among 3 attributions, a = b (0.500 [0.480, 0.520]) is better than every other.");
  }

  @Test
  void thePatternMethodsAreNamedAlsoWhenTheyDoNotWin() {
    means.put("lrp-0", .5);
    means.put("pattern-attribution two-component", .6);
    means.put("pattern-attribution filter", .7);
    means.put(Score.BASELINE, .65);
    pair("lrp-0", "pattern-attribution two-component", Verdict.BETTER, "lrp-0");
    pair("lrp-0", "pattern-attribution filter", Verdict.BETTER, "lrp-0");
    pair("lrp-0", Score.BASELINE, Verdict.BETTER, "lrp-0");
    pair(
        "pattern-attribution two-component",
        Score.BASELINE,
        Verdict.BETTER,
        "pattern-attribution two-component");
    pair("pattern-attribution filter", Score.BASELINE, Verdict.BETTER, Score.BASELINE);
    assertThat(said())
        .isEqualTo(
            "Among 3 attributions, lrp-0 (0.500 [0.480, 0.520]) is better than every other."
                + " pattern-attribution two-component is worse than lrp-0 (0.600 [0.580, 0.620],"
                + " by 0.100) and better than a random order."
                + " Worse than a random order: pattern-attribution filter.");
  }

  @Test
  void whoIsNotBetterThanARandomOrderIsSaidWithTheWord() {
    means.put("a", .5);
    means.put("b", .6);
    pair("a", "b", Verdict.BETTER, "a");
    pair("a", Score.BASELINE, Verdict.UNDECIDED, null);
    pair("b", Score.BASELINE, Verdict.TIE, null);
    assertThat(said()).endsWith("Not better than a random order: a (undecided) and b (tie).");
  }

  @Test
  void allMayBeBetterThanARandomOrder() {
    means.put("a", .5);
    means.put("b", .6);
    pair("a", "b", Verdict.BETTER, "a");
    pair("a", Score.BASELINE, Verdict.BETTER, "a");
    pair("b", Score.BASELINE, Verdict.BETTER, "b");
    assertThat(said()).endsWith("Every method is better than a random order.");
  }

  @Test
  void fewImagesRankNothing() {
    images = 9;
    means.put("a", .5);
    means.put("b", .6);
    pair("a", "b", Verdict.UNDECIDED, null);
    pair("a", Score.BASELINE, Verdict.UNDECIDED, null);
    assertThat(said()).isEqualTo("Not enough images to rank the attributions: 9 of at least 10.");
  }

  @Test
  void theLeadSaysWhoIsBetter() {
    means.put("a", .5);
    means.put("b", .6);
    pair("a", "b", Verdict.BETTER, "a");
    assertThat(lead()).isEqualTo("Of 2 attributions, a (0.500) is better than every other.");
  }

  @Test
  void theLeadCountsTiesAndWhatIsUndecided() {
    means.put("a", .5);
    means.put("b", .51);
    means.put("c", .52);
    pair("a", "b", Verdict.TIE, null);
    assertThat(lead())
        .isEqualTo(
            "Of 3 attributions, a (0.500) leads by mean only, ties with 1, undecided against 1.");
    pair("a", "c", Verdict.BETTER, "a");
    assertThat(lead()).isEqualTo("Of 3 attributions, a (0.500) ties with 1.");
  }

  @Test
  void theLeadSaysThatImagesAreTooFewToRank() {
    means.put("a", .5);
    means.put("b", .6);
    images = 6;
    pair("a", "b", Verdict.UNDECIDED, null);
    assertThat(lead()).isEqualTo("Not enough images to rank methods: 6 of at least 10.");
  }

  @Test
  void theLeadNamesPatternAttributionThatDoesNotWin() {
    means.put("a", .5);
    means.put("pattern-attribution linear", .55);
    means.put("pattern-attribution", .75);
    pair("a", "pattern-attribution linear", Verdict.BETTER, "a");
    pair("a", "pattern-attribution", Verdict.BETTER, "a");
    assertThat(lead())
        .endsWith("pattern-attribution linear is worse than a (by 0.050).")
        .doesNotContain("0.25");
  }

  @Test
  void theLeadSaysWhoIsNotBetterThanARandomOrderAndCountsTheRest() {
    means.put("a", .5);
    means.put("b", .9);
    pair("a", "b", Verdict.BETTER, "a");
    pair("a", Score.BASELINE, Verdict.BETTER, "a");
    assertThat(lead()).endsWith("Every method is better than a random order.");
    pair("b", Score.BASELINE, Verdict.BETTER, Score.BASELINE);
    for (String other : List.of("c", "d", "e", "f", "g")) {
      pair(other, Score.BASELINE, Verdict.TIE, null);
    }
    assertThat(lead()).endsWith("Worse than a random order: b; not better: c, d, e and 2 more.");
  }

  @Test
  void theLeadNamesMethodsOfTheSameNumbersOnce() {
    means.put("a", .5);
    means.put("b", .5);
    same("a", "b");
    assertThat(lead()).isEqualTo("All 2 attributions give the same (0.500).");
  }
}
