package org.explain4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Split;
import org.junit.jupiter.api.Test;

final class HoldoutTest {
  private static final Split ALL =
      new ByteImages("all", List.of(1L, 1L, 1L), new byte[100], new byte[100]);

  @Test
  void everyExampleIsInExactlyOnePart() {
    Holdout holdout = new Holdout(0.3, 1);
    assertThat(names(holdout.test(ALL))).hasSize(30);
    List<String> both = new ArrayList<>(names(holdout.train(ALL)));
    both.addAll(names(holdout.test(ALL)));
    assertThat(both).containsExactlyInAnyOrderElementsOf(names(ALL));
  }

  @Test
  void theSeedSettlesTheDraw() {
    assertThat(names(new Holdout(0.3, 1).test(ALL)))
        .isEqualTo(names(new Holdout(0.3, 1).test(ALL)))
        .isNotEqualTo(names(new Holdout(0.3, 2).test(ALL)));
  }

  @Test
  void allOrNothingCanBeTested() {
    assertThat(new Holdout(1, 1).train(ALL).size()).isZero();
    assertThat(new Holdout(0, 1).test(ALL).size()).isZero();
  }

  @Test
  void impossibleSettingsAreNamed() {
    assertThatThrownBy(() -> new Holdout(1.5, 1)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new Holdout(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Holdout(0.5, 0)).hasMessageContaining("seed (0)");
  }

  private static List<String> names(Split split) {
    return IntStream.range(0, split.size()).mapToObj(split::name).toList();
  }
}
