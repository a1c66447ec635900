package org.explain4j.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code explain} and {@code explain.cmd} do the same. */
final class LaunchersTest {
  private static final Pattern OPTION =
      Pattern.compile(
          "(?<![\\w.])(-D[\\w.]+|-X[a-z]+|-XX:[+-]\\w+|--enable-[\\w-]+|-p[l]"
              + "|(?:EXPLAIN4J|OMP|OPENBLAS)_\\w+|org\\.explain4j\\.[\\w.]+)");

  private static Set<String> options(String launcher) throws IOException {
    Path file = Path.of(System.getProperty("explain4j.root", ".."), launcher);
    return OPTION
        .matcher(Files.readString(file))
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theyGiveJavaTheSameOptionsAndReadTheSameVariables() throws IOException {
    assertThat(options("explain"))
        .hasSizeGreaterThan(12)
        .contains(
            "EXPLAIN4J_OFFHEAP",
            "OMP_NUM_THREADS",
            "-Xmx",
            "-XX:+UseParallelGC",
            "-Dexplain4j.terminal")
        .isEqualTo(options("explain.cmd"));
  }
}
