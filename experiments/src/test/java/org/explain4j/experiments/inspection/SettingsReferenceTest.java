package org.explain4j.experiments.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.explain4j.api.Catalog;
import org.explain4j.api.Extension;
import org.explain4j.experiments.configuration.Extensions;
import org.junit.jupiter.api.Test;

final class SettingsReferenceTest {

  @Test
  void theReferenceInTheDocumentationIsThatOfTheCode() throws IOException {
    Path page = Path.of(System.getProperty("explain4j.root", ".."), "docs", "experiment-file.md");
    assertThat(Files.readString(page))
        .as("Run ./explain describe --reference > docs/experiment-file.md")
        .isEqualTo(SettingsReference.markdown(shipped()));
  }

  /** Without those of this module's tests. */
  private static Extensions shipped() {
    Extensions all = Extensions.of(SettingsReferenceTest.class.getClassLoader());
    Map<Class<?>, Catalog<?>> byType = new LinkedHashMap<>();
    all.byType().forEach((type, catalog) -> byType.put(type, shipped(catalog)));
    return new Extensions(byType, all.kinds());
  }

  private static <T extends Extension> Catalog<T> shipped(Catalog<T> catalog) {
    Map<String, T> providers = new TreeMap<>(catalog.providers());
    providers
        .values()
        .removeIf(p -> p.getClass().getName().startsWith("org.explain4j.experiments."));
    return new Catalog<>(catalog.type(), providers);
  }
}
