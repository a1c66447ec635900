package org.explain4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private record Named(String id) implements Extension {
    @Override
    public String summary() {
      return "A name.";
    }
  }

  private static final Catalog<Named> CATALOG =
      new Catalog<>(
          Named.class,
          Map.of("lrp-epsilon", new Named("lrp-epsilon"), "gradient", new Named("gradient")));

  @Test
  void anUnknownIdIsAnsweredWithTheNearestAndAllIds() {
    assertThatThrownBy(() -> CATALOG.get("lrp-epsilom"))
        .hasMessageContaining("Unknown Named 'lrp-epsilom'")
        .hasMessageContaining("Did you mean 'lrp-epsilon'?")
        .hasMessageContaining("gradient");
  }

  @Test
  void aWordFarFromEveryIdGetsNoSuggestion() {
    assertThat(Catalog.nearest("zzz", List.of("gradient", "lrp-epsilon"))).isEmpty();
    assertThat(Catalog.nearest("gradent", List.of("gradient", "lrp-epsilon"))).contains("gradient");
  }
}
