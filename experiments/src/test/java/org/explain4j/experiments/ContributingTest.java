package org.explain4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONTRIBUTING's example and what the module's documentation says of methods. */
class ContributingTest {
  private static final String EXPLAINERS =
      "explain-methods/src/main/java/org/explain4j/methods/backpropagation/";
  private static final String PLUGIN = "plugin-example/src/it/plugin";

  private static Path root() {
    return Path.of(System.getProperty("explain4j.root", ".."));
  }

  @ParameterizedTest
  @CsvSource({
    "java, src/main/java/com/example/RectGrad.java",
    "'',   src/main/resources/META-INF/services/org.explain4j.api.Explainer",
    "java, src/test/java/com/example/RectGradTest.java",
    "xml,  pom.xml"
  })
  void theExampleIsThatOfThePluginProject(String language, String file) throws IOException {
    String expected = Files.readString(root().resolve(PLUGIN).resolve(file));
    assertThat(Files.readString(root().resolve("CONTRIBUTING.md")))
        .contains("```" + language + "\n" + expected + "```\n");
  }

  @Test
  void theMethodTableOfThePackageIsThatOfTheMethods() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Explainer explainer : Catalog.of(Explainer.class).providers().values()) {
      if (explainer.getClass().getPackageName().equals("org.explain4j.methods.backpropagation")) {
        MethodRow.of(explainer).ifPresent(rows::add);
      }
    }
    assertThat(rows).hasSizeGreaterThan(15);
    Path documentation = root().resolve(EXPLAINERS + "package-info.java");
    List<String> lines;
    try (Stream<String> all = Files.lines(documentation)) {
      lines = all.filter(line -> line.startsWith(" * <tr><td>")).toList();
    }
    assertThat(lines).as("the table should be:\n%s", String.join("\n", rows)).isEqualTo(rows);
  }
}
