package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run directories of which something is absent or damaged. */
class DamagedRunTest extends ReportOfSample {
  @ParameterizedTest
  @CsvSource({
    "network.csv, network",
    "patterns.csv,",
    "signal-quality.csv, signal-quality",
    "rho-comparisons.csv,",
    "images.csv, images",
    "images.npy, images",
    "explainers.csv,",
    "estimator-maps.csv, estimator-maps",
    "curves.csv,",
    "curve-axes.csv,",
    "scores.csv, metric-degradation",
    "comparisons.csv,",
    "notes.csv,",
    "signal-recovery.csv, signal-recovery",
    "claims.csv, claims",
    "signal-recovery-weights.csv,",
    "timings.csv,",
    "failures.csv, failures",
    "effective.yaml,",
    "attributions/gradient.npy,"
  })
  void whatIsAbsentIsLeftOut(String file, String section) throws IOException {
    run.without(file);
    Document report = report();
    assertThat(report.select("h1").text()).isEqualTo("fashion-mnist");
    if (section != null) {
      assertThat(report.select("#" + section)).isEmpty();
    }
  }

  @Test
  void absentAttributionIsShownAsSuch() throws IOException {
    run.without("attributions/gradient.npy");
    assertThat(report().select("#images tbody td").first().text()).isEqualTo("n/a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timings.csv | stage,seconds,reused;a,1,true;b,x,true; | timings.csv:3: 'x' in column"
            + " seconds",
        "timings.csv | seconds,reused;1,true; | timings.csv:1: columns missing: stage",
        "timings.csv | stage,stage,reused;a,a,true; | timings.csv:1:",
        "timings.csv | stage,seconds,reused;a,1,yes; | timings.csv:2: 'yes' in column reused is"
            + " neither",
        "network.csv | node,kind,inputs,output_shape,parameters;a,b,,1,; | network.csv:2: '' in"
            + " column parameters is not a whole",
        "timings.csv | stage,seconds,reused;a,1,true;b,2; | timings.csv:3: 2 fields for 3 columns",
        "environment.json | {\"experiment\": ; | environment.json",
        "effective.yaml | a: [1, 2;b: 3; | effective.yaml",
        "explainers.csv |"
            + " explainer,id,group,settings,bind_seconds,seconds,images,status,error;a,a,x,,1,1,1,ok,;"
            + " | unknown group 'x'",
        "images.npy | not numpy at all; | images.npy is not a .npy file",
      })
  void damagedFileIsNamed(String file, String content, String message) {
    run.file(file, content.replace(';', '\n'));
    assertThatThrownBy(() -> Report.writePage(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThat(folder.resolve("report/index.html")).doesNotExist();
  }

  @Test
  void directoryWithoutRunIsRefused() {
    run.without("environment.json");
    assertThatThrownBy(() -> Report.writePage(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a run directory");
  }

  @Test
  void cutOffArrayIsNamed() throws IOException {
    Path array = folder.resolve("attributions/gradient.npy");
    byte[] bytes = Files.readAllBytes(array);
    Files.write(array, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Report.writePage(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Maybe it is truncated");
  }
}
