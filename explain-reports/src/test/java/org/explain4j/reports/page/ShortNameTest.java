package org.explain4j.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortNameTest {
  @Test
  void aShortNameStaysAndMayBreakAfterSeparators() {
    assertThat(ShortName.pieces("features.0.conv-1"))
        .containsExactly("features.", "0.", "conv-", "1");
  }

  @Test
  void aLongNameLosesItsMiddle() {
    assertThat(ShortName.of("features.features.16.conv.conv.1.conv.1.0"))
        .isEqualTo("features.…conv.1.conv.1.0");
    assertThat(ShortName.of("/features/features.0/features.0.0/Conv"))
        .isEqualTo("/features/…0.0/Conv");
  }

  @Test
  void aLongNameWithoutSeparatorsKeepsItsEnds() {
    assertThat(ShortName.of("a".repeat(30) + "b".repeat(30)))
        .isEqualTo("a".repeat(10) + "…" + "b".repeat(15));
  }
}
