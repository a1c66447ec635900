package org.explain4j.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.explain4j.api.Explainer;
import org.explain4j.api.SignalEstimator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A method is one small record, which a newcomer reads in one sitting. */
class MethodFilesTest {
  private static final int LINES = 70;

  /** Nine settings, each with its meaning, are what makes it long. */
  private static final Set<String> LONG = Set.of("RealTimeSaliency");

  @ParameterizedTest
  @ValueSource(classes = {Explainer.class, SignalEstimator.class})
  void everyMethodIsAFileOfAtMostSeventyLines(Class<?> service) throws IOException {
    List<String> names =
        Files.readAllLines(Path.of("src/main/resources/META-INF/services", service.getName()));
    assertThat(names).isNotEmpty();
    for (String name : names) {
      Path file = Path.of("src/main/java", name.replace('.', '/') + ".java");
      if (!LONG.contains(name.substring(name.lastIndexOf('.') + 1))) {
        assertThat(Files.readAllLines(file)).as(name).hasSizeLessThanOrEqualTo(LINES);
      }
    }
  }
}
