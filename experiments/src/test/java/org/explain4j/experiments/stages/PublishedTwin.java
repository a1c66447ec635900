package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.experiments.setup.TableNames;
import org.explain4j.network.Activations;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.ExplainedImage;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.NetworkNode;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every column of every table of a run of experiments/fashion-mnist.yaml, recomputed in float64
 * from the images, the weights, and the patterns, v and curves that the run stored; these are
 * recomputed themselves, patterns all, v of some neurons and curves of some images. A column
 * without a twin fails the test of its table, a table without one {@link #everyTableHasATwin}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PublishedTwin {
  private static final List<RunTable<?>> TABLES =
      List.of(
          RunTable.NETWORK,
          RunTable.PATTERNS,
          RunTable.SIGNAL_QUALITY,
          RunTable.SIGNAL_QUALITY_NEURONS,
          RunTable.RHO_COMPARISONS,
          RunTable.IMAGES,
          RunTable.EXPLAINERS,
          RunTable.ESTIMATOR_MAPS,
          RunTable.LAYER_MAPS,
          RunTable.CURVES,
          RunTable.CURVE_AXES,
          RunTable.SCORES,
          RunTable.COMPARISONS,
          RunTable.RANKS,
          RunTable.NOTES,
          RunTable.ACCURACY,
          RunTable.TIMINGS);

  private RunDirectory run;
  private Setup setup;
  private TwinSamples samples;
  private TwinRhoTables rho;
  private TwinMetricTables metrics;

  /** The finished run. */
  abstract RunDirectory run(Path folder) throws IOException;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    run = run(folder);
    assertThat(run.failures()).isEmpty();
    Extensions extensions = Extensions.of(getClass().getClassLoader());
    Path file = run.path().resolve("effective.yaml");
    setup =
        new Opening(
                ExperimentFile.read(file, List.of(), extensions),
                run.path(),
                folder,
                Progress.silent())
            .open();
    samples = TwinSamples.of(setup);
  }

  static Path shipped() {
    return Path.of(System.getProperty("explain4j.root"), "experiments/fashion-mnist.yaml");
  }

  private synchronized TwinRhoTables rho() {
    if (rho == null) {
      rho = new TwinRhoTables(samples, run);
    }
    return rho;
  }

  private synchronized TwinMetricTables metrics() throws IOException {
    if (metrics == null) {
      int[] classes =
          run.images().stream().mapToInt(row -> Math.toIntExact(row.explained())).toArray();
      try (INDArray inputs = inputs();
          INDArray wide = inputs.castTo(DataType.DOUBLE)) {
        double[][] images = wide.reshape('c', classes.length, -1).toDoubleMatrix();
        metrics = new TwinMetricTables(samples, run, images, classes);
      }
    }
    return metrics;
  }

  private INDArray pixels() {
    return Nd4j.createFromNpyFile(run.path().resolve("images.npy").toFile());
  }

  /** The run's images as the network takes them. */
  private INDArray inputs() throws IOException {
    return setup.model().preprocessing().apply(pixels());
  }

  @Test
  void everyTableHasATwin() throws IOException {
    try (Stream<Path> files = Files.list(run.path())) {
      List<String> tables =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".csv") && !name.matches("(failures|warnings).csv"))
              .toList();
      assertThat(tables)
          .containsExactlyInAnyOrderElementsOf(TABLES.stream().map(RunTable::file).toList());
    }
  }

  @Test
  void theNetworkIsDescribed(TestReporter report) throws IOException {
    TwinTable<NetworkNode> table = new TwinTable<>(run, RunTable.NETWORK);
    try (INDArray one = setup.parts().c().inputs(setup.model().preprocessing(), 0, 1);
        INDArray wide = one.castTo(DataType.DOUBLE);
        Activations activations = samples.network().forward(wide)) {
      for (NetworkNode row : table.rows()) {
        Node node = samples.network().node(row.node());
        table.check(
            row,
            Map.of(
                "node", node.name(),
                "kind", TableNames.layer(node),
                "inputs", String.join(" ", node.inputs()),
                "output_shape",
                    Arrays.stream(activations.output(node).shape())
                        .skip(1)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining("x")),
                "parameters",
                    node.layer() instanceof LinearLayer linear
                        ? linear.neurons() * (linear.fanIn() + 1)
                        : 0));
      }
    }
    report.publishEntry("network", table.finish(samples.network().nodes().size()));
  }

  @Test
  void accuracyIsThatOfTheNetworkInDoublePrecision(TestReporter report) throws IOException {
    TwinTable<Accuracy> table = new TwinTable<>(run, RunTable.ACCURACY);
    Part c = setup.parts().c();
    int correct = 0;
    for (int i = 0; i < c.size(); i++) {
      try (INDArray input = c.inputs(setup.model().preprocessing(), i, i + 1);
          INDArray wide = input.castTo(DataType.DOUBLE);
          INDArray logits = samples.network().logits(wide)) {
        correct += largest(logits.toDoubleVector()) == c.split().labels(c.indices()[i])[0] ? 1 : 0;
      }
    }
    table.check(
        table.rows().get(0), Map.of("images", c.size(), "correct", correct, "top_five", ""));
    report.publishEntry("accuracy", table.finish(1));
  }

  private static int largest(double[] values) {
    return Nd4j.createFromArray(values).argMax().getInt(0);
  }

  @Test
  void imagesAreThoseOfSplitC(TestReporter report) throws IOException {
    TwinTable<ExplainedImage> table = new TwinTable<>(run, RunTable.IMAGES);
    Part c = setup.parts().c();
    Map<String, Integer> places = new HashMap<>();
    Arrays.stream(c.indices()).forEach(i -> places.put(c.split().name(i), i));
    List<String> names = setup.data().classNames();
    try (INDArray inputs = inputs();
        INDArray wide = inputs.castTo(DataType.DOUBLE);
        INDArray logits = samples.network().logits(wide);
        INDArray shown = pixels()) {
      double[][] all = logits.toDoubleMatrix();
      assertThat(all).hasNumberOfRows(setup.experiment().explain().images());
      for (int i = 0; i < all.length; i++) {
        ExplainedImage row = table.rows().get(i);
        int place = places.remove(row.name()); // none twice
        assertThat(c.split().inputs(place).slice(0)).isEqualTo(shown.slice(i));
        int label = c.split().labels(place)[0];
        int predicted = largest(all[i]);
        table.check(
            row,
            Map.of(
                "row",
                i,
                "name",
                row.name(),
                "label",
                label,
                "label_name",
                names.get(label),
                "predicted",
                predicted,
                "predicted_name",
                names.get(predicted),
                "explained",
                predicted,
                "explained_name",
                names.get(predicted),
                "confidence",
                TwinCurves.softMax(all[i])[predicted]));
      }
    }
    report.publishEntry("images", table.finish(setup.experiment().explain().images()));
  }

  @Test
  void methodsAreThoseOfTheFile(TestReporter report) throws IOException {
    TwinTable<ExplainerRun> table = new TwinTable<>(run, RunTable.EXPLAINERS);
    for (int i = 0; i < table.rows().size(); i++) {
      var explainer = setup.experiment().explainers().get(i);
      table.check(
          table.rows().get(i),
          Map.of(
              "explainer", explainer.label(),
              "id", explainer.extension().id(),
              "group", KebabCase.of(explainer.extension().group()),
              "settings", Settings.line(explainer.extension()),
              "images", setup.experiment().explain().images(),
              "status", "ok",
              "error", "",
              "note", ""));
    }
    report.publishEntry("explainers", table.finish(setup.experiment().explainers().size()));
    Map<String, String> given = setup.experiment().report().estimatorMaps();
    TwinListings listings = new TwinListings(run);
    report.publishEntry("estimator-maps", listings.estimatorMaps(given));
    report.publishEntry("layer-maps", listings.layerMaps());
    report.publishEntry("timings", listings.timings());
  }

  @Test
  void patternsFollowFromTheSamplesOfSplitA(TestReporter report) throws IOException {
    report.publishEntry("patterns", new TwinPatternTable(run, samples).check());
  }

  @Test
  void rhoOfNeuronsIsThatOfExplicitResiduals(TestReporter report) throws IOException {
    report.publishEntry("signal-quality-neurons", rho().neurons());
  }

  @Test
  void rhoOfLayersFollowsFromTheNeurons(TestReporter report) throws IOException {
    report.publishEntry("signal-quality", rho().layers());
  }

  @Test
  void pairsOfEstimatorsFollowFromTheImages(TestReporter report) throws IOException {
    double margin = setup.experiment().comparisons().rhoMargin();
    report.publishEntry("rho-comparisons", new TwinRhoPairs(run, rho()).check(margin));
  }

  @Test
  void curvesAreThoseOfTheAttributions(TestReporter report) throws IOException {
    report.publishEntry("curves", metrics().curves());
    report.publishEntry("curve-axes", metrics().axes());
    report.publishEntry("notes", metrics().notes());
  }

  @Test
  void scoresFollowFromTheCurves(TestReporter report) throws IOException {
    report.publishEntry("scores", metrics().scores());
    report.publishEntry("ranks", new TwinListings(run).ranks());
  }

  @Test
  void pairsOfMethodsFollowFromTheScores(TestReporter report) throws IOException {
    report.publishEntry("comparisons", new TwinMetricPairs(run, metrics()).check());
  }
}
