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

/** CONTRIBUTING's example and what the module's documentation says of methods. */
class ContributingTest {
  private static final String EXPLAINERS =
      "explain-methods/src/main/java/org/explain4j/methods/backpropagation/";
  private static final String SERVICES =
      "explain-methods/src/main/resources/META-INF/services/org.explain4j.api.Explainer";

  private static Path root() {
    return Path.of(System.getProperty("explain4j.root", ".."));
  }

  /** The lines of a file as a diff against no file has them. */
  private static String added(Path file) throws IOException {
    StringBuilder diff = new StringBuilder();
    Files.readAllLines(file).forEach(line -> diff.append('+').append(line).append('\n'));
    return diff.toString();
  }

  @Test
  void theDiffThatAddsAMethodIsThatOfTheFiles() throws IOException {
    Path source = root().resolve(EXPLAINERS + "GuidedBackprop.java");
    List<String> services = Files.readAllLines(root().resolve(SERVICES));
    int line = services.indexOf("org.explain4j.methods.backpropagation.GuidedBackprop");
    String expected =
        """
        ```diff
        --- /dev/null
        +++ b/%sGuidedBackprop.java
        %s--- a/%s
        +++ b/%s
         %s
        +%s
         %s
        ```
        """
            .formatted(
                EXPLAINERS,
                added(source),
                SERVICES,
                SERVICES,
                services.get(line - 1),
                services.get(line),
                services.get(line + 1));
    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(60);
    assertThat(Files.readString(root().resolve("CONTRIBUTING.md"))).contains(expected);
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
