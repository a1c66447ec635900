package org.explain4j.experiments.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.SignalRecovery;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.network.LinearLayer;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RecoveryWeights;
import org.explain4j.reports.runs.RunTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

final class RecoveryStageTest {
  private static final SignalRecovery SETTINGS = new SignalRecovery();

  @TempDir private Path folder;

  private static double[] weights(ToyData data) {
    INDArray weights = ((LinearLayer) data.regression().output().layer()).weights();
    return weights.toDoubleMatrix()[0];
  }

  /** Fig. 2: with a_d = (1,1) the regression must find w = (1,-1). */
  @Test
  void theRegressionCancelsTheDistractor() {
    double[] w = weights(ToyData.distractors(SETTINGS, List.of(new double[] {1, 1}), 0, 1));
    assertThat(w[0]).isCloseTo(1, within(1e-5));
    assertThat(w[1]).isCloseTo(-1, within(1e-5));
  }

  /** Isotropic noise of variance s^2 leaves w along a_s, shrunk by var y / (var y + s^2). */
  @Test
  void isotropicNoiseLeavesTheWeightsAlongTheSignal() {
    double[] w = weights(ToyData.isotropic(SETTINGS, 1, 1));
    double variance = 1.0 / 3;
    assertThat(w[0]).isCloseTo(variance / (variance + 1), within(0.03));
    assertThat(w[1]).isCloseTo(0, within(0.03));
  }

  /**
   * Every method is judged at the angle; Eq. 7 passes there because the distractor's mean is 0.
   * With another it does not: a+ = a_s + 1.5 mean a_d, for y uniform in [-1,1].
   */
  @Test
  void onlyThePatternMethodsRecoverTheSignalAndEquationSevenForAMeanOfZeroOnly()
      throws IOException {
    Ran toy =
        run(
            "explained=50",
            "samples=50000",
            "dimensions=[]",
            "angles=[45, 90]",
            "means=[0, 0.5, 1]");
    List<RecoveredSignal> rows = toy.rows();
    List<RecoveredSignal> verdicts =
        rows.stream()
            .filter(r -> r.noise().equals("distractor") && !r.verdict().isEmpty())
            .toList();
    assertThat(verdicts).hasSize(toy.methods());
    assertThat(verdicts)
        .allSatisfy(
            row ->
                assertThat(row.verdict())
                    .as(row.explainer())
                    .isEqualTo(isPattern(row.explainer()) ? "PASS" : "FAIL"));
    // Where the distractor is orthogonal to the signal, the weights show it and all pass.
    assertThat(rows)
        .filteredOn(row -> row.noise().equals("distractor") && row.angle() == 90)
        .filteredOn(row -> !row.explainer().contains("random"))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.cosine()).as(row.explainer()).isGreaterThan(0.999));
    equationSeven(rows, 0, "PASS", .9999);
    equationSeven(rows, .5, "FAIL", .918);
    equationSeven(rows, 1, "FAIL", .857);
    for (String label : List.of("pattern-net linear", "pattern-net two-component")) {
      assertThat(at(rows, 1, label).cosine()).isGreaterThan(.999);
    }
    assertThat(Files.exists(folder.resolve("toy/signal-recovery-weights.csv"))).isTrue();
  }

  /** What came of the toy with some settings of {@code signal-recovery}. */
  private record Ran(int methods, List<RecoveredSignal> rows, List<RecoveryWeights> weights) {}

  private Ran run(String... settings) throws IOException {
    Path root = Path.of(System.getProperty("explain4j.root", ".."));
    Experiment experiment =
        ExperimentFile.read(
            root.resolve("experiments/linear-toy.yaml"),
            Stream.of(settings).map(setting -> "signal-recovery." + setting).toList(),
            Extensions.of(getClass().getClassLoader()));
    try (RunOutput directory = RunOutput.open(folder.resolve("toy"))) {
      Ledger ledger = new Ledger(directory, () -> {}, new CellWatch());
      new RecoveryStage(
              experiment.signalRecovery().orElseThrow(), experiment, ledger, Progress.silent())
          .run();
      ledger.writeTables();
      assertThat(ledger.hasFailures()).isFalse();
      return new Ran(
          experiment.explainers().size(),
          ledger.rows(RunTable.SIGNAL_RECOVERY),
          ledger.rows(RunTable.SIGNAL_RECOVERY_WEIGHTS));
    }
  }

  /** The filter turns away from the signal the more distractors it has to cancel. */
  @Test
  void inTenDimensionsThePatternIsTheSignalAndTheFilterIsNot() throws IOException {
    Ran toy =
        run("explained=20", "angles=[45]", "means=[]", "noise-levels=[]", "dimensions=[2, 10]");
    List<RecoveredSignal> ten =
        toy.rows().stream()
            .filter(row -> row.noise().equals("dimensions") && row.angle() == 10)
            .toList();
    assertThat(ten).hasSize(toy.methods());
    for (RecoveredSignal row : ten) {
      boolean pattern = isPattern(row.explainer());
      assertThat(row.verdict()).as(row.explainer()).isEqualTo(pattern ? "PASS" : "FAIL");
      if (row.explainer().equals("pattern-net linear")) {
        assertThat(row.cosine()).isGreaterThan(.999);
      }
      if (row.explainer().equals("gradient")) {
        assertThat(row.cosine()).isLessThan(.5);
      }
    }
    // The table of weights is that of the plane.
    assertThat(toy.weights()).hasSize(1);
  }

  /** Without noise of its own, y is a linear function of x: the inverse of the directions. */
  @Test
  void theRegressionCancelsAllDistractors() {
    List<double[]> directions = List.of(new double[] {0.6, 0.8, 0}, new double[] {0, 0.6, 0.8});
    double[] w = weights(ToyData.distractors(SETTINGS, directions, 0.5, 1));
    assertThat(w).hasSize(3);
    assertThat(w[0]).isCloseTo(1, within(1e-5)); // a_s
    assertThat(0.6 * w[0] + 0.8 * w[1]).isCloseTo(0, within(1e-5));
    assertThat(0.6 * w[1] + 0.8 * w[2]).isCloseTo(0, within(1e-5));
  }

  @Test
  void numbersOfDimensionsAreChecked() {
    assertThatThrownBy(() -> dimensions(1))
        .hasMessageContaining("dimensions (1) must be at least 2");
    assertThatThrownBy(() -> dimensions(50))
        .hasMessageContaining("dimensions [50] must be fewer than samples (50)");
  }

  private static SignalRecovery dimensions(int number) {
    return new SignalRecovery(
        List.of(45.0), List.of(), List.of(), List.of(number), 50, 10, 1, 45, .999);
  }

  private static void equationSeven(
      List<RecoveredSignal> rows, double mean, String verdict, double cosine) {
    RecoveredSignal row = at(rows, mean, "pattern-net two-component eq7");
    assertThat(row.cosine()).isCloseTo(cosine, within(.002));
    assertThat(row.verdict()).isEqualTo(verdict);
    double[] pattern = {1 + 1.5 * mean, 1.5 * mean};
    assertThat(row.cosine())
        .isCloseTo(pattern[0] / Math.hypot(pattern[0], pattern[1]), within(.002));
  }

  private static RecoveredSignal at(List<RecoveredSignal> rows, double mean, String label) {
    return rows.stream()
        .filter(row -> row.noise().equals("mean") && row.angle() == mean)
        .filter(row -> row.explainer().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isPattern(String label) {
    return label.startsWith("pattern") && label.matches(".*(linear|two-component|eq7)");
  }
}
