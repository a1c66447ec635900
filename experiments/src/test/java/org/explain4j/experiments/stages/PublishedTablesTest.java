package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.CurvePoint;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every number of a small run's tables against the arrays and neurons it is made of. */
final class PublishedTablesTest {
  private static final long SEED = 3;
  private static final int RESAMPLES = 300;
  private static final int IMAGES = 16;
  private static final String RUN =
      """
      name: tables
      seed: 3
      dataset: {fashion-mnist: {images: embedded}}
      model: pretrained
      splits: {a: 2, b: 20, c: 25, patches-per-image: 3}
      explain: {images: 16, reference: 4}
      explainers: [gradient, smoothgrad, deconvnet, guided-backprop, gradient-x-input, lrp-0, random]
      metrics: [{degradation: {patch: 14, steps: 4, random-seeds: 11}}]
      comparisons: {resamples: 300, margins: {aopc: 0.3}}
      batch: 7
      """;

  private static @TempDir Path folder;
  private static RunDirectory run;

  @BeforeAll
  static void small() throws IOException {
    Path file = Files.writeString(folder.resolve("tables.yaml"), RUN);
    run = Experiments.run(file, folder.resolve("out"));
    assertThat(run.failures()).isEmpty();
  }

  private static INDArray array(String file) {
    return Nd4j.createFromNpyFile(run.path().resolve(file).toFile()).castTo(DataType.DOUBLE);
  }

  private static double[] scores(Score row) {
    return scores(row.score(), row.explainer());
  }

  private static double[] scores(String score, String explainer) {
    return array("scores/degradation.%s.%s.npy".formatted(score, explainer)).toDoubleVector();
  }

  private static void requireBand(Band band, double[] values) {
    double[] ends = NaiveStatistics.interval(values, RESAMPLES, SEED, .95);
    requireClose(band.mean(), NaiveStatistics.mean(values));
    requireClose(band.low(), ends[0]);
    requireClose(band.high(), ends[1]);
  }

  private static void requireClose(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void scoresAreTheMeansOfTheirValues() throws IOException {
    assertThat(run.scores()).hasSize(7 * 4 + 3);
    for (Score row : run.scores()) {
      double[] values = scores(row);
      requireBand(row.band(), values);
      assertThat(row.images()).isEqualTo(IMAGES).isEqualTo(values.length);
      assertThat(row.missing()).isZero();
      assertThat(row.margin()).isEqualTo(.02);
      assertThat(row.lowerIsBetter()).isEqualTo(row.score().startsWith("mean-probability"));
      assertThat(row.family()).isEqualTo("degradation");
    }
  }

  @Test
  void theBaselineIsTheMeanOverAllItsSeeds() throws IOException {
    List<Score> rows =
        run.scores().stream().filter(row -> row.explainer().equals(Score.BASELINE)).toList();
    assertThat(rows).hasSize(3);
    for (Score row : rows) {
      double[][] seeds =
          array("scores/degradation.%s.(baseline seeds).npy".formatted(row.score()))
              .toDoubleMatrix();
      assertThat(seeds).hasDimensions(11, IMAGES);
      double[] perImage = new double[IMAGES];
      for (int image = 0; image < IMAGES; image++) {
        int i = image;
        perImage[i] = NaiveStatistics.mean(Arrays.stream(seeds).mapToDouble(s -> s[i]).toArray());
      }
      assertThat(scores(row)).containsExactly(perImage, within(1e-9));
      double[] perSeed = Arrays.stream(seeds).mapToDouble(NaiveStatistics::mean).toArray();
      double[] ends = NaiveStatistics.interval(perSeed, RESAMPLES, SEED, .95);
      requireClose(row.seedLow(), ends[0]);
      requireClose(row.seedHigh(), ends[1]);
      assertThat(row.seedLow()).isLessThan(row.seedHigh());
    }
    assertThat(run.scores())
        .filteredOn(row -> !row.explainer().equals(Score.BASELINE))
        .allSatisfy(row -> assertThat(row.seedLow()).isNaN());
  }

  @Test
  void curvesAreTheMeansOfTheirPoints() throws IOException {
    List<CurvePoint> rows = run.curves();
    assertThat(rows).hasSize((7 * 2 + 1) * 5);
    for (CurvePoint row : rows) {
      INDArray values =
          array("curves/degradation.%s.%s.npy".formatted(row.curve(), row.explainer()));
      requireBand(row.band(), values.getColumn(row.point()).toDoubleVector());
      assertThat(row.x()).isEqualTo((double) row.point());
      assertThat(row.images()).isEqualTo(IMAGES);
    }
  }

  @Test
  void scoresAreMadeOfTheCurves() throws IOException {
    for (Score row : run.scores()) {
      double[][] morf =
          array("curves/degradation.morf.%s.npy".formatted(row.explainer())).toDoubleMatrix();
      double[] values = scores(row);
      for (int i = 0; i < IMAGES; i++) {
        double mean = NaiveStatistics.mean(morf[i]);
        switch (row.score()) {
          case "mean-probability" -> requireClose(values[i], mean);
          case "aopc" -> requireClose(values[i], morf[i][0] - mean);
          // 16 % of 4 patches: one.
          case "mean-probability-16-percent" ->
              requireClose(values[i], (morf[i][0] + morf[i][1]) / 2);
          default -> {
            double[] lerf =
                array("curves/degradation.lerf.%s.npy".formatted(row.explainer()))
                    .getRow(i)
                    .toDoubleVector();
            requireClose(values[i], NaiveStatistics.mean(lerf) - mean);
          }
        }
      }
    }
  }

  @Test
  void comparisonsAreOfEveryPairOfAGroupAndTheBaseline() throws IOException {
    // Of 2 functions 1 pair and 2 with the baseline, of 2 signals the same, of 3 attributions 3 +
    // 3;
    // area-between has no baseline.
    assertThat(run.rows(RunTable.COMPARISONS)).hasSize(4 * (1 + 1 + 3) + 3 * (2 + 2 + 3));
    for (PairedDifference row : run.rows(RunTable.COMPARISONS)) {
      double[] a = scores(row.score(), row.explainerA());
      double[] b = scores(row.score(), row.explainerB());
      double[] d = IntStream.range(0, IMAGES).mapToDouble(i -> a[i] - b[i]).toArray();
      requireBand(row.test().band(), d);
      boolean same = Arrays.stream(d).distinct().count() == 1; // two methods that agree everywhere
      double[] inner =
          same ? new double[] {d[0], d[0]} : NaiveStatistics.interval(d, RESAMPLES, SEED, .9);
      requireClose(row.test().low90(), inner[0]);
      requireClose(row.test().high90(), inner[1]);
      requireClose(row.test().effect(), NaiveStatistics.effect(d));
      requireClose(row.test().pValue(), NaiveStatistics.signedRanks(d));
      assertThat(row.images()).isEqualTo(IMAGES);
      assertThat(row.missing()).hasValue(0);
      assertThat(row.test().margin()).isEqualTo(row.score().equals("aopc") ? .3 : .02);
    }
  }

  @Test
  void verdictsFollowFromTheFamilyOfTheGroup() throws IOException {
    List<Verdict> words = new ArrayList<>();
    List<PairedDifference> rows = run.rows(RunTable.COMPARISONS);
    for (PairedDifference row : rows) {
      double[] family =
          rows.stream()
              .filter(other -> other.group() == row.group())
              .mapToDouble(other -> other.test().pValue())
              .toArray();
      requireClose(row.test().pHolm(), NaiveStatistics.holm(family, row.test().pValue()));
      boolean lower = row.score().startsWith("mean-probability");
      Verdict verdict =
          row.test().pHolm() < .05
              ? Verdict.BETTER
              : -row.test().margin() < row.test().low90()
                      && row.test().high90() < row.test().margin()
                  ? Verdict.TIE
                  : Verdict.UNDECIDED;
      assertThat(row.verdict()).contains(verdict);
      words.add(verdict);
      String first = row.test().difference() < 0 == lower ? row.explainerA() : row.explainerB();
      assertThat(row.better())
          .isEqualTo(verdict == Verdict.BETTER ? Optional.of(first) : Optional.empty());
    }
    assertThat(words).contains(Verdict.values());
  }
}
