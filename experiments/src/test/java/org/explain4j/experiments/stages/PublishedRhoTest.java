package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Progress;
import org.explain4j.experiments.Experiments;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.PatchSampling;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every number of a small run's tables of rho against neurons, patterns, v and images. */
final class PublishedRhoTest {
  private static final long SEED = 3;
  private static final int RESAMPLES = 300;
  private static final String RUN =
      """
      name: rho-tables
      seed: 3
      dataset: {fashion-mnist: {images: embedded}}
      model: pretrained
      splits: {a: 2, b: 20, c: 25, patches-per-image: 3}
      estimators: [identity, random, linear, {two-component: {fit-on: post}}]
      signal-quality: {solvers: [closed-form], targets: [pre, post], patches-per-image: 20, layers: [conv1, conv2]}
      comparisons: {resamples: 300}
      batch: 7
      """;

  private static @TempDir Path folder;
  private static Path file;
  private static RunDirectory run;

  @BeforeAll
  static void small() throws IOException {
    file = Files.writeString(folder.resolve("rho.yaml"), RUN);
    run = Experiments.run(file, folder.resolve("out"));
    assertThat(run.failures()).isEmpty();
  }

  private static void requireClose(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void layersAreSummedUpFromTheirIncludedNeurons() throws IOException {
    long left = 0;
    for (LayerRho row : run.signalQuality()) {
      List<NeuronRho> neurons =
          run.rows(RunTable.SIGNAL_QUALITY_NEURONS).stream()
              .filter(n -> n.layer().equals(row.task().layer()))
              .filter(n -> n.estimator().equals(row.task().estimator()))
              .filter(n -> n.target().equals(row.task().target()))
              .toList();
      if (row.task().estimator().equals("identity")) {
        assertThat(neurons).isEmpty();
        assertThat(row.rho().band().mean()).isNaN();
        continue;
      }
      assertThat(neurons).hasSize((int) row.neurons());
      double[] included =
          neurons.stream().filter(NeuronRho::included).mapToDouble(NeuronRho::rho).toArray();
      left += neurons.size() - included.length;
      assertThat(row.included()).hasValue(included.length);
      requireClose(row.rho().meanIncluded(), NaiveStatistics.mean(included));
      int[] common = compared(row.task());
      assertThat(row.compared()).hasValue(common.length);
      double[] compared = Arrays.stream(common).mapToDouble(i -> neurons.get(i).rho()).toArray();
      double[] ends = NaiveStatistics.interval(compared, RESAMPLES, SEED, .95);
      requireClose(row.rho().mean(), NaiveStatistics.mean(compared));
      requireClose(row.rho().neuronsLow(), ends[0]);
      requireClose(row.rho().neuronsHigh(), ends[1]);
      requireClose(
          row.rho().meanAll(),
          NaiveStatistics.mean(
              neurons.stream()
                  .mapToDouble(NeuronRho::rho)
                  .filter(r -> !Double.isNaN(r))
                  .toArray()));
      requireClose(
          row.rho().meanFitted(),
          NaiveStatistics.mean(
              Arrays.stream(common).mapToDouble(i -> neurons.get(i).rhoFitted()).toArray()));
      requireClose(row.rho().median(), NaiveStatistics.quantile(compared, .5));
      requireClose(row.rho().q05(), NaiveStatistics.quantile(compared, .05));
      requireClose(row.rho().q25(), NaiveStatistics.quantile(compared, .25));
      requireClose(row.rho().q75(), NaiveStatistics.quantile(compared, .75));
      requireClose(row.rho().q95(), NaiveStatistics.quantile(compared, .95));
    }
    assertThat(left).as("neurons left out, without which the test says nothing").isPositive();
  }

  /** Neurons that random, linear and two-component post all include. */
  private static int[] compared(LayerRho.Task task) throws IOException {
    List<NeuronRho> rows =
        run.rows(RunTable.SIGNAL_QUALITY_NEURONS).stream()
            .filter(n -> n.layer().equals(task.layer()) && n.target().equals(task.target()))
            .toList();
    return IntStream.range(0, 16)
        .filter(i -> rows.stream().filter(n -> n.neuron() == i).allMatch(NeuronRho::included))
        .toArray();
  }

  @Test
  void pairsOfEstimatorsAreComparedOnTheSameNeurons() throws IOException {
    List<RhoDifference> pairs = run.rows(RunTable.RHO_COMPARISONS);
    assertThat(pairs).hasSize(2 * 2 * 3);
    for (RhoDifference pair : pairs) {
      LayerRho a = rho(pair, pair.estimatorA());
      LayerRho b = rho(pair, pair.estimatorB());
      assertThat(a.compared()).isEqualTo(b.compared()).hasValue(pair.compared());
      assertThat(pair.test().difference()).isCloseTo(a.rho().mean() - b.rho().mean(), within(1e-4));
      assertThat(pair.groups()).isEqualTo(25);
      assertThat(pair.test().margin()).isEqualTo(.01);
      double[] family =
          pairs.stream()
              .filter(o -> o.layer().equals(pair.layer()) && o.target().equals(pair.target()))
              .mapToDouble(other -> other.test().pValue())
              .toArray();
      requireClose(pair.test().pHolm(), NaiveStatistics.holm(family, pair.test().pValue()));
      Verdict verdict =
          pair.test().pHolm() < .05
              ? Verdict.BETTER
              : -.01 < pair.test().low90() && pair.test().high90() < .01
                  ? Verdict.TIE
                  : Verdict.UNDECIDED;
      assertThat(pair.verdict()).isEqualTo(verdict);
      double difference = pair.test().difference();
      assertThat(difference).isBetween(pair.test().low(), pair.test().high());
      String higher = difference > 0 ? pair.estimatorA() : pair.estimatorB();
      assertThat(pair.better())
          .isEqualTo(verdict == Verdict.BETTER ? Optional.of(higher) : Optional.empty());
      assertThat(pair.layerIndex()).isEqualTo(pair.layer().equals("conv1") ? 0 : 1);
    }
  }

  private static LayerRho rho(RhoDifference pair, String estimator) throws IOException {
    return run.signalQuality().stream()
        .filter(row -> row.task().layer().equals(pair.layer()))
        .filter(row -> row.task().target().equals(pair.target()))
        .filter(row -> row.task().estimator().equals(estimator))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sizesOfSamplesAreThoseOfTheSplits() throws IOException {
    for (LayerRho row : run.signalQuality()) {
      LayerRho.Sampling sampling = row.sampling();
      assertThat(sampling.d()).isEqualTo(row.task().layer().equals("conv1") ? 9 : 9 * 16);
      assertThat(sampling.nA()).isEqualTo(2 * 3);
      assertThat(sampling.nB()).isEqualTo(20 * 20);
      assertThat(sampling.nC()).isEqualTo(25 * 20);
      double d = sampling.d();
      requireClose(sampling.dOverN(), d / 400);
      double nA = sampling.effectiveNA();
      double nB = sampling.effectiveNB();
      assertThat(nA).isBetween(2.0, 6.0);
      assertThat(nB).isBetween(20.0, 400.0);
      requireClose(
          sampling.expectedFromSampling(),
          nB > d + 1 ? 1 - d / nA / Math.sqrt(d / nA + d / (nB - d - 1)) : Double.NaN);
    }
  }

  /** t and v'd^ of every sample of each image of C for the neurons of conv1. */
  private static double[][][][] samples(Setup setup, LayerRho.Task task) throws IOException {
    LinearLayer layer = (LinearLayer) setup.network().node("conv1").layer();
    double[][] w = matrix(layer.weights());
    double[][] v = matrix(task, "regressions/closed-form/%s/%s/conv1.npy");
    double[][] plus = matrix(task, "patterns/%s/conv1.positive.npy");
    double[][] minus = matrix(task, "patterns/%s/conv1.negative.npy");
    double[][][][] all = new double[25][w.length][2][20];
    PatchSampling sampling = new PatchSampling(20, SEED);
    for (int image = 0; image < 25; image++) {
      INDArray input = setup.parts().c().inputs(setup.model().preprocessing(), image, image + 1);
      double[][] x = sampling.samples("conv1", layer, input, image).toDoubleMatrix();
      for (int j = 0; j < w.length; j++) {
        for (int i = 0; i < x.length; i++) {
          double z = dot(w[j], x[i]);
          double y = z + layer.bias().getDouble(j);
          double[] a = y > 0 ? plus[j] : minus[j];
          all[image][j][0][i] = task.target().equals("pre") ? y : Math.max(y, 0);
          all[image][j][1][i] = dot(v[j], x[i]) - dot(v[j], a) * z;
        }
      }
    }
    return all;
  }

  private static double[][] matrix(LayerRho.Task task, String file) {
    String path = file.formatted(task.estimator(), task.target());
    return matrix(Nd4j.createFromNpyFile(run.path().resolve(path).toFile()));
  }

  private static double[][] matrix(INDArray array) {
    return array.castTo(DataType.DOUBLE).reshape('c', array.size(0), 9).toDoubleMatrix();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  /** 1 - correlation over the samples of some images, mean over some neurons. */
  private static double rho(double[][][][] samples, int[] images, int[] neurons) {
    double sum = 0;
    for (int j : neurons) {
      double[] t = joined(samples, images, j, 0);
      double[] p = joined(samples, images, j, 1);
      double meanT = NaiveStatistics.mean(t);
      double meanP = NaiveStatistics.mean(p);
      double tt = Arrays.stream(t).map(x -> (x - meanT) * (x - meanT)).sum();
      double pp = Arrays.stream(p).map(x -> (x - meanP) * (x - meanP)).sum();
      double tp =
          IntStream.range(0, t.length).mapToDouble(i -> (t[i] - meanT) * (p[i] - meanP)).sum();
      sum += 1 - tp / Math.sqrt(tt * pp);
    }
    return sum / neurons.length;
  }

  private static double[] joined(double[][][][] samples, int[] images, int neuron, int which) {
    return Arrays.stream(images)
        .mapToObj(image -> samples[image][neuron][which])
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  @Test
  void intervalsOverImagesAreThoseOfImagesDrawnOneByOne() throws IOException {
    Extensions extensions = Extensions.of(getClass().getClassLoader());
    Setup setup =
        new Opening(
                ExperimentFile.read(file, List.of(), extensions), folder, folder, Progress.silent())
            .open();
    int[] whole = IntStream.range(0, 25).toArray();
    int checked = 0;
    for (LayerRho row : run.signalQuality()) {
      if (!row.task().layer().equals("conv1") || row.compared().isEmpty()) {
        continue;
      }
      double[][][][] samples = samples(setup, row.task());
      int[] neurons = compared(row.task());
      double mean = rho(samples, whole, neurons);
      assertThat(mean).isCloseTo(row.rho().mean(), within(1e-4));
      SplittableRandom random = new SplittableRandom(SEED);
      double[] resamples = new double[RESAMPLES];
      for (int r = 0; r < RESAMPLES; r++) {
        resamples[r] = rho(samples, random.ints(25, 0, 25).toArray(), neurons);
      }
      double[] without = new double[25];
      for (int left = 0; left < 25; left++) {
        int out = left;
        without[left] = rho(samples, IntStream.of(whole).filter(i -> i != out).toArray(), neurons);
      }
      double[] ends = NaiveStatistics.bca(mean, resamples, without, .95);
      assertThat(row.rho().imagesLow()).isCloseTo(ends[0], within(1e-4));
      assertThat(row.rho().imagesHigh()).isCloseTo(ends[1], within(1e-4));
      checked++;
    }
    assertThat(checked).isEqualTo(2 * 3);
  }
}
