package org.explain4j.reports.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunTableTest {
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `([a-z-]+)\\.csv` \\|.*?`([a-z0-9_]+(?:, [a-z0-9_]+)+)`");

  @TempDir private Path folder;

  private static Map<String, String> documented() throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    Map<String, String> columns = new LinkedHashMap<>();
    for (String line : Files.readAllLines(root.resolve("docs/run-directory.md"))) {
      Matcher table = DOCUMENTED.matcher(line);
      if (table.find()) {
        columns.put(table.group(1), table.group(2));
      }
    }
    return columns;
  }

  @Test
  void theDocumentationHasEveryTableWithItsColumnsInOrder() throws IOException {
    Map<String, String> columns = new LinkedHashMap<>();
    RunTable.all().forEach(table -> columns.put(table.name(), String.join(", ", table.columns())));
    assertThat(documented()).containsExactlyInAnyOrderEntriesOf(columns);
  }

  private static LayerRho rho(double mean) {
    return new LayerRho(
        new LayerRho.Task("conv, \"1\"", 0, "linear", "pre", "post", "adam"),
        16,
        Double.isNaN(mean) ? OptionalLong.empty() : OptionalLong.of(15),
        Double.isNaN(mean) ? OptionalLong.empty() : OptionalLong.of(14),
        new LayerRho.Summary(mean, .1, .2, .11, .21, mean, mean, .3, .4, .5, .6, .7, .8),
        new LayerRho.Sampling(9, 6_272_000, 40_000, 40_000, 2.25E-4, 1e5, 4e3, .99),
        new LayerRho.Solution(
            1e-300,
            OptionalLong.of(0),
            OptionalLong.of(2),
            OptionalLong.empty(),
            Double.NaN,
            OptionalLong.of(1),
            .004,
            -1.0 / 3,
            Double.POSITIVE_INFINITY));
  }

  @Test
  void whatIsWrittenIsReadAsItWas() throws IOException {
    List<LayerRho> rows = List.of(rho(Double.NaN), rho(Math.PI));
    RunTable<LayerRho> table = RunTable.SIGNAL_QUALITY;
    Files.writeString(folder.resolve(table.file()), table.csv(rows));
    assertThat(new RunDirectory(folder).signalQuality()).isEqualTo(rows);
    assertThat(table.fields(rows.get(0)))
        .startsWith("conv, \"1\"", "0", "linear", "pre", "post", "adam", "16", "", "", "", "0.1");
  }

  @Test
  void aTablesawTableHasTheColumnsOfTheFile() throws IOException {
    RunTable<LayerRho> table = RunTable.SIGNAL_QUALITY;
    Files.writeString(folder.resolve(table.file()), table.csv(List.of(rho(Math.PI))));
    var rows = new RunDirectory(folder).table(table).orElseThrow();
    assertThat(rows.columnNames()).isEqualTo(table.columns());
    assertThat(rows.doubleColumn("mean").get(0)).isEqualTo(Math.PI);
    assertThat(rows.doubleColumn("steps").isMissing(0)).isTrue();
    assertThat(rows.stringColumn("solver").get(0)).isEqualTo("adam");
  }

  /** A run of a version that counted neither dropped inputs nor gaps. */
  @Test
  void measuredColumnsThatAnOldFileLacksAreMissingValues() throws IOException {
    Files.writeString(
        folder.resolve("signal-quality.csv"),
        """
        layer,layer_index,estimator,fit_on,target,solver,neurons,included,mean,d,n_a,n_b,n_c,of_old
        conv1,0,linear,pre,pre,closed-form,16,16,0.9,9,1000,500,500,something
        """);
    LayerRho row = new RunDirectory(folder).signalQuality().get(0);
    assertThat(row.task().layer()).isEqualTo("conv1");
    assertThat(row.rho().band()).isEqualTo(new Band(.9, Double.NaN, Double.NaN));
    assertThat(row.sampling().expectedFromSampling()).isNaN();
    assertThat(row.compared()).isEmpty();
    assertThat(row.solution().droppedInputs()).isEmpty();
    assertThat(row.solution().gapRho()).isNaN();
  }

  /** Their intervals were over neurons, and the floor was another formula. */
  @Test
  void intervalsOfOldFilesAreThoseOverNeurons() throws IOException {
    Files.writeString(
        folder.resolve("signal-quality.csv"),
        """
        layer,layer_index,estimator,fit_on,target,solver,neurons,included,mean,low,high,d,n_a,n_b,n_c,floor
        conv1,0,linear,pre,pre,closed-form,16,16,0.9,0.8,0.95,9,1000,500,500,0.7
        """);
    LayerRho row = new RunDirectory(folder).signalQuality().get(0);
    assertThat(row.rho().overNeurons()).isEqualTo(new Band(.9, .8, .95));
    assertThat(row.rho().band().hasEnds()).isFalse();
    assertThat(row.sampling().expectedFromSampling()).isNaN();
  }

  @Test
  void aTableThatIsNotThereHasNoRows() throws IOException {
    Files.createFile(folder.resolve("curves.csv"));
    assertThat(new RunDirectory(folder).scores()).isEmpty();
    assertThat(new RunDirectory(folder).curves()).isEmpty();
  }

  @Test
  void anUnknownGroupIsNamedWithTheKnownOnes() {
    assertThatThrownBy(
            () -> RunTable.SIGNAL_RECOVERY.row(List.of("isotropic", "1", "x", "magic", "1", "")))
        .hasMessage("unknown group 'magic'.\nKnown: function, signal, attribution.");
  }
}
