package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunDirectory;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What the report says of rho. */
final class RhoReportTest extends ReportOfSample {
  private static List<List<String>> cells(Element table) {
    return ReportTest.cells(table);
  }

  @Test
  void rhoOfTheTableIsThatOfTheFile() throws IOException {
    Element table = report().select("#signal-quality .table table").first();
    List<List<String>> cells = cells(table);
    int compared = 0;
    for (LayerRho row : RunDirectory.of(folder).signalQuality()) {
      LayerRho.Task task = row.task();
      if (task.target().equals("pre") && task.solver().equals("closed-form")) {
        int column = cells.get(0).indexOf(title(task));
        List<String> line =
            cells.stream().filter(c -> c.get(0).equals(task.layer())).findFirst().orElseThrow();
        assertThat(line.get(column))
            .startsWith(Numbers.decimals(row.rho().band()))
            .matches("n/a|.+ \\[.+, .+\\](; \\d+ of \\d+; all .+)?");
        compared++;
      }
    }
    assertThat(compared).isEqualTo(3 * 7);
  }

  private static String title(LayerRho.Task task) {
    return task.fitOn().equals("pre")
        ? task.estimator()
        : task.estimator() + " (fit " + task.fitOn() + ")";
  }

  @Test
  void undefinedRhoIsShownAsSuch() throws IOException {
    Document report = report();
    List<List<String>> cells = cells(report.select("#signal-quality .table table").first());
    int identity = cells.get(0).indexOf("identity");
    assertThat(cells.subList(1, cells.size()))
        .allSatisfy(row -> assertThat(row.get(identity)).isEqualTo("n/a"));
    assertThat(report.select("#signal-quality figcaption").first().text())
        .contains("n/a in every layer: identity");
  }

  @Test
  void oneTargetAndSolverIsShownAndTheOthersAreBehindTabsThatWorkWithoutScripts()
      throws IOException {
    Element tabs = report().select("#signal-quality .tabs").first();
    assertThat(tabs.select("> label").eachText())
        .containsExactly(
            "target pre, closed-form",
            "target post, closed-form",
            "target pre, adam",
            "target post, adam");
    assertThat(tabs.select("> input[type=radio][checked]")).hasSize(1);
    assertThat(tabs.select("> .tab > figure figcaption"))
        .hasSize(4)
        .allSatisfy(
            caption ->
                assertThat(caption.text())
                    .containsPattern("target (pre|post), solver (closed-form|adam)\\."));
    assertThat(tabs.select("table").first().text()).contains("128,000", "432");
  }

  @Test
  void intervalsOfRhoSayWhatTheyCover() throws IOException {
    List<List<String>> cells = cells(report().select("#signal-quality .table table").first());
    assertThat(cells.get(0)).contains("dropped", "ridge");
    assertThat(cells.get(2).get(cells.get(0).indexOf("dropped"))).isEqualTo("3");
    assertThat(report().select("#signal-quality figcaption").first().text())
        .contains("over images of split C", "covers the choice of those images");
  }

  /** Intervals over neurons answer another question: they are named, never put in their place. */
  @Test
  void withoutIntervalsOverImagesThoseOverNeuronsAreNamed() throws IOException {
    String rho = Files.readString(folder.resolve("signal-quality.csv"));
    run.file("signal-quality.csv", rho.replace("images_low,images_high", "of_old,older"));
    Document report = report();
    assertThat(report.select("#signal-quality figcaption").first().text())
        .contains("covers the choice of neurons, not that of images");
    assertThat(report.select("#signal-quality").text()).contains("95 % interval over neurons");
  }

  @Test
  void neuronsThatAreComparedAreCounted() throws IOException {
    Document report = report();
    List<List<String>> cells = cells(report.select("#signal-quality .table table").first());
    int neurons = cells.get(0).indexOf("neurons");
    assertThat(cells.get(1).get(neurons)).isEqualTo("64 of 64");
    assertThat(cells.get(2).get(neurons)).isEqualTo("48 of 64");
    int linear = cells.get(0).indexOf("linear");
    assertThat(cells.get(1).get(linear)).isEqualTo("0.985 [0.970, 0.997]");
    assertThat(cells.get(2).get(linear)).isEqualTo("0.973 [0.958, 0.985]; 48 of 64; all 0.963");
    assertThat(report.select("#signal-quality svg").first().text())
        .contains("expected from sampling");
  }

  @Test
  void pairsOfEstimatorsStandWithTheirVerdict() throws IOException {
    Element table =
        report().select("#signal-quality details:contains(Pairs of estimators) table").first();
    List<List<String>> cells = cells(table);
    assertThat(cells.get(0)).contains("verdict", "p (Holm)", "a − b");
    assertThat(cells.get(1)).contains("linear better", "−0.800 [−0.820, −0.780]", "48");
    assertThat(cells.get(2)).contains("tie");
  }

  /** linear has the largest mean in conv3, two-component in conv1: means decide nothing. */
  @Test
  void manyLayersOfTheSameOutcomeAreCounted() throws IOException {
    run = SampleRun.write(folder, new SampleRun.Size(3, 1, 8, 14, 2, 6));
    StringBuilder pairs = new StringBuilder(pairs("conv1", "two-component", "linear", "tie"));
    for (int layer = 2; layer <= 14; layer++) {
      pairs.append(pairs("conv" + layer, "linear", "two-component", "better,linear"));
    }
    String header = Files.readAllLines(folder.resolve("rho-comparisons.csv")).get(0);
    run.file("rho-comparisons.csv", header + "\n" + pairs);
    assertThat(report().select("#summary .answers").first().text())
        .contains(
            "linear and two-component tie in conv1; linear is better than every other in 13 of 14"
                + " layers.");
  }

  @Test
  void theSummarySaysBetterTieOrUndecidedByThePairedTests() throws IOException {
    String pairs =
        pairs("conv1", "two-component", "linear", "tie")
            + pairs("conv2", "linear", "two-component", "better,linear")
            + pairs("conv3", "linear", "two-component", "undecided");
    String header = Files.readAllLines(folder.resolve("rho-comparisons.csv")).get(0);
    run.file("rho-comparisons.csv", header + "\n" + pairs);
    assertThat(report().select("#summary").text())
        .contains("Signal estimators", "target pre")
        .contains(
            "linear and two-component tie in conv1; linear is better than every other in conv2;"
                + " linear leads by mean only, undecided against two-component in conv3.")
        .doesNotContainIgnoringCase("highest", "lowest");
  }

  /** The first against the second as given, and better than filter and random. */
  private static String pairs(String layer, String first, String second, String verdict) {
    String line = layer + ",0,pre,closed-form,%s,%s,48,.1,.1,.1,.1,.1,.1,.1,.1,.01,%s,100%n";
    String better = "better," + first;
    return line.formatted(second, first, verdict.contains(",") ? verdict : verdict + ",")
        + line.formatted("filter", first, better)
        + line.formatted(first, "random", better);
  }

  @Test
  void deadNeuronsAreCounted() throws IOException {
    List<List<String>> cells =
        cells(report().select("#signal-quality details:contains(Everything) table").first());
    assertThat(cells.get(0)).contains("dead", "always on", "included", "compared", "images low");
    assertThat(cells.get(1).get(cells.get(0).indexOf("dead"))).isEqualTo("3");
    assertThat(cells.get(1).get(cells.get(0).indexOf("included"))).isEqualTo("60");
  }
}
