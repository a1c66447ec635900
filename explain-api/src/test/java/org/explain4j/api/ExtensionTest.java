package org.explain4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExtensionTest {
  private record Masks(
      int samples, double keep, Group shownAs, List<Double> baseline, boolean smooth, long seed)
      implements Extension {
    Masks {
      Extension.requireCount("samples", samples);
      Extension.requireSeed(seed);
    }

    Masks() {
      this(1000, .5, Group.SIGNAL, List.of(), true, 1);
    }

    @Override
    public String id() {
      return "masks";
    }

    @Override
    public String summary() {
      return "Masks.";
    }
  }

  @Test
  void settingsAreChangedByNameAndTheOthersStay() {
    Masks defaults = new Masks();
    assertThat(Extension.with(defaults, Map.of("samples", 8, "shown-as", Group.ATTRIBUTION)))
        .isEqualTo(new Masks(8, .5, Group.ATTRIBUTION, List.of(), true, 1));
    assertThat(defaults).isEqualTo(new Masks());
    assertThat(Extension.with(defaults, Map.of())).isEqualTo(defaults);
  }

  @Test
  void aWholeNumberFitsEveryNumber() {
    assertThat(Extension.with(new Masks(), Map.of("keep", 1, "seed", 2)))
        .isEqualTo(new Masks(1000, 1, Group.SIGNAL, List.of(), true, 2));
  }

  @Test
  void anUnknownSettingIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Extension.with(new Masks(), Map.of("shownAs", Group.SIGNAL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "masks has no setting shownAs.\n"
                + "Its settings: samples, keep, shown-as, baseline, smooth, seed.");
  }

  @Test
  void aValueOfAnotherTypeIsNamedWithTheTypeOfTheSetting() {
    for (Object value : List.of(.5, "many", List.of(1))) {
      assertThatThrownBy(() -> Extension.with(new Masks(), Map.of("samples", value)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The samples of masks (%s) must be of type int.".formatted(value));
    }
    assertThatThrownBy(() -> Extension.with(new Masks(), Map.of("baseline", 0)))
        .hasMessage("The baseline of masks (0) must be of type List.");
  }

  @Test
  void theRecordsOwnChecksHold() {
    assertThatThrownBy(() -> Extension.with(new Masks(), Map.of("seed", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The seed (0) must be at least 1.");
  }
}
