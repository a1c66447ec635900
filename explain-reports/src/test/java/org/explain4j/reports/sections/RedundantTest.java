package org.explain4j.reports.sections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.Score;
import org.junit.jupiter.api.Test;

class RedundantTest {
  private final List<Score> scores = new ArrayList<>();

  private void score(String name, double... means) {
    for (int i = 0; i < means.length; i++) {
      scores.add(
          new Score(
              "m",
              "f",
              name,
              "lower",
              "method " + i,
              new Band(means[i], 0, 1),
              9,
              0,
              .1,
              Double.NaN,
              Double.NaN));
    }
  }

  @Test
  void aScoreThatAddsUpToAConstantWithAnotherHasNoColumn() {
    score("mean", .2, .3, .5);
    score("drop", .7, .6, .4);
    score("area", .1, .5, .2);
    assertThat(Redundant.of(scores).scores()).containsExactly("drop");
    assertThat(Redundant.of(scores).sentence())
        .hasValue("drop is 0.900 minus mean, and has no column.");
  }

  /** A network of random weights gives every method the same probability. */
  @Test
  void scoresThatAreAllTheSameAreNotEachOthers() {
    score("mean", .001, .001, .001);
    score("area", 0, 0, 0);
    assertThat(Redundant.of(scores).scores()).isEmpty();
  }

  @Test
  void twoMethodsProveNothing() {
    score("mean", .2, .3);
    score("drop", .7, .6);
    assertThat(Redundant.of(scores).scores()).isEmpty();
  }
}
