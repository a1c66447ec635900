package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FindingsTest {
  @TempDir private Path one;
  @TempDir private Path other;

  @BeforeEach
  void write() {
    SampleRun.write(one, SampleRun.Size.SMALL);
    SampleRun.write(other, SampleRun.Size.SMALL);
  }

  private String page() throws IOException {
    Path page = one.resolve("findings.md");
    Findings.write(List.of(one, other), page);
    return Files.readString(page);
  }

  @Test
  void aRowForEachNetworkAndAParagraphForEachCell() throws IOException {
    String page = page();
    String row =
        "| fashion-mnist | not tested | contradicted (1 of 2) | not tested | not tested | not"
            + " tested | undecided (0 of 1) |\n";
    assertThat(page).contains(row + row).contains("## 2. ρ of a random direction is 0.");
    assertThat(page.split("\\*\\*fashion-mnist, fashion-mnist\\*\\*: ")).hasSize(1 + 6);
    assertThat(page)
        .contains(
            "**fashion-mnist, fashion-mnist**: contradicted. Of 2 statements, hold: 1, reversed: 1, open: 0."
                + " Hold, for example: conv1, target pre, random within 0.05 of 0: ρ 0.010 [0.000,"
                + " 0.020]. Reversed, for example: conv1, target post, random within 0.05 of 0: ρ"
                + " 0.200 [0.190, 0.210].")
        .contains("- fashion-mnist: images of splits A 8000, B 2000, C 2000; 3 images explained");
  }

  @Test
  void aRunWithoutClaimsIsNamed() throws IOException {
    Files.delete(other.resolve("claims.csv"));
    assertThatThrownBy(this::page)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(other + " has no claims.csv.");
  }
}
