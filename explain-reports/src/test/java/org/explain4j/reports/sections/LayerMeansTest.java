package org.explain4j.reports.sections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.explain4j.reports.runs.LayerRho;
import org.junit.jupiter.api.Test;

final class LayerMeansTest {
  private static LayerRho row(String layer, OptionalLong compared) {
    return new LayerRho(
        new LayerRho.Task(layer, 0, "linear", "pre", "post", "closed-form"),
        64,
        OptionalLong.of(60),
        compared,
        new LayerRho.Summary(.8, .7, .9, .75, .85, .8, .8, .8, .8, .8, .8, .8, .8),
        new LayerRho.Sampling(9, 900, 800, 700, .01, 90, 80, .95),
        new LayerRho.Solution(
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            0,
            OptionalLong.empty(),
            0,
            0,
            0));
  }

  @Test
  void layersOfWhichNeuronsAreLeftOutSaySoInTheChart() {
    LayerMeans means =
        LayerMeans.of(
            List.of(
                row("all", OptionalLong.of(64)),
                row("some", OptionalLong.of(30)),
                row("old", OptionalLong.empty())));
    assertThat(means.labels()).containsExactly("all", "some: 30 of 64", "old");
    assertThat(means.compared(1)).isEqualTo("30 of 64");
    assertThat(means.compared(2)).isEqualTo("n/a");
  }
}
