package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables that the page saves as LaTeX. */
@Tag("slow")
final class LatexTest {
  private static final String BETWEEN = "%%%%";

  /** Everything that TeX takes as its own, a name that looks like an option, and other scripts. */
  private static final String HOSTILE = "[a] & 50 % $x$ #1 _b_ {c} ~ ^ \\d | é β ≤ -3";

  @TempDir private Path folder;
  private List<String> tables;

  @BeforeEach
  void save() throws Exception {
    Path run = folder.resolve("run");
    SampleRun.write(run, SampleRun.Size.SMALL);
    for (String file : List.of("explainers.csv", "network.csv", "failures.csv")) {
      Path table = run.resolve(file);
      Files.writeString(
          table,
          Files.readString(table)
              .replace("start=one", HOSTILE)
              .replace("conv1", HOSTILE)
              .replace("occlusion", HOSTILE));
    }
    String saved =
        new Browser(folder, 1440, 900)
            .play(
                Report.writePage(run),
                """
                const texts = [];
                const blob = window.Blob;
                window.Blob = class { constructor(parts) { texts.push(parts.join('')); return new blob(parts); } };
                document.querySelectorAll('details').forEach(d => d.open = true);
                [...document.querySelectorAll('.save button')].filter(b => b.textContent === 'Save LaTeX').forEach(b => b.click());
                return texts.join('%%%%');
                """)
            .body()
            .attr("data-result");
    tables = List.of(saved.split(BETWEEN));
  }

  @Test
  void everyRowHasAsManyCellsAsTheTableHasColumns() {
    assertThat(tables).hasSizeGreaterThan(8);
    for (String table : tables) {
      Matcher columns = Pattern.compile("\\\\begin\\{tabular}\\{([lr]+)}").matcher(table);
      assertThat(columns.find()).as(table).isTrue();
      List<String> rows = table.lines().filter(line -> line.endsWith(" \\\\")).toList();
      assertThat(rows)
          .isNotEmpty()
          .allSatisfy(
              row -> {
                assertThat(row.split("(?<!\\\\)&", -1)).as(row).hasSize(columns.group(1).length());
                assertThat(row).doesNotStartWith("[").doesNotStartWith("*");
              });
    }
  }

  @Test
  void environmentsAndBracesAreBalancedAndOnlyBooktabsIsNeeded() {
    for (String table : tables) {
      assertThat(table).startsWith("% \\usepackage{booktabs}");
      assertThat(count(table, "\\\\begin\\{tabular}")).isEqualTo(1);
      assertThat(count(table, "\\\\end\\{tabular}")).isEqualTo(1);
      assertThat(count(table, "(?<!\\\\)\\{")).isEqualTo(count(table, "(?<!\\\\)}"));
      assertThat(count(table, "(?<!\\\\)\\$") % 2).isZero();
      assertThat(table)
          .contains("\\toprule", "\\midrule", "\\bottomrule")
          .doesNotContain("\\hline");
    }
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void pdflatexTypesetsAllOfThem() throws IOException, InterruptedException {
    assumeTrue(
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, "pdflatex"))),
        "needs pdflatex");
    Files.writeString(
        folder.resolve("all.tex"),
        "\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n"
            + String.join("\n\\clearpage\n", tables)
            + "\n\\end{document}\n");
    Process process =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("out.txt"))).isZero();
  }
}
