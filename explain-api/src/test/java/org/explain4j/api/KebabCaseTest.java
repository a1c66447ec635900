package org.explain4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KebabCaseTest {
  @ParameterizedTest
  @CsvSource({"fitOn, fit-on", "FIT_ON, fit-on", "alpha2Beta1, alpha2-beta1", "seed, seed"})
  void namesOfComponentsAndConstantsAreOneKey(String name, String key) {
    assertThat(KebabCase.of(name)).isEqualTo(key);
  }

  @Test
  void theKeyIsTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr")); // its lower-case I has no dot
      assertThat(KebabCase.of(Group.SIGNAL)).isEqualTo("signal");
    } finally {
      Locale.setDefault(before);
    }
  }
}
