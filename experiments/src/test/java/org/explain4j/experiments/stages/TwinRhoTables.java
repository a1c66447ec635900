package org.explain4j.experiments.stages;

import static java.util.Map.entry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.api.KebabCase;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the tables of rho should say, from {@link TwinLayer}. */
final class TwinRhoTables {
  private static final double RIDGE = 1e-6;
  private static final int EFFECTIVE_IMAGES = 500;

  /** ADAM's distance is an estimate of its loss above the exact one, which is known here. */
  private static final double FACTOR = 3;

  /** Where ADAM's search ends. */
  private static final double ENOUGH = .001;

  private final RunDirectory run;
  private final Setup setup;
  private final Experiment experiment;
  private final SignalQualitySettings settings;
  private final TwinSamples samples;
  private final List<String> names;
  private final Map<String, TwinLayer> layers = new LinkedHashMap<>();
  private final Map<LayerRho.Task, TwinResampled> resampled = new HashMap<>();

  TwinRhoTables(TwinSamples samples, RunDirectory run) {
    this.run = run;
    this.samples = samples;
    setup = samples.setup();
    experiment = setup.experiment();
    settings = experiment.signalQuality().orElseThrow();
    names = setup.network().linearNodes().stream().map(node -> node.name()).toList();
    List<String> solvers = settings.solvers().stream().map(Configured::label).toList();
    List<String> chosen = settings.chosen(names);
    int perImage = settings.patchesPerImage().perImage();
    Map<String, INDArray> ofB = samples.all(setup.parts().b(), perImage, chosen);
    Map<String, INDArray> ofC = samples.all(setup.parts().c(), perImage, chosen);
    for (String name : chosen) {
      TwinLayer layer = new TwinLayer(samples, run, name, ofB.get(name), ofC.get(name));
      for (Configured<SignalEstimator> estimator : experiment.estimators()) {
        if (!estimator.extension().id().equals("identity")) {
          layer.measure(estimator.label(), solvers, RIDGE);
        }
      }
      layer.close();
      layers.put(name, layer);
    }
  }

  String neurons() throws IOException {
    TwinTable<NeuronRho> table = new TwinTable<>(run, RunTable.SIGNAL_QUALITY_NEURONS);
    for (NeuronRho row : table.rows()) {
      LayerRho.Task task = task(row.layer(), row.estimator(), row.target(), row.solver());
      TwinLayer.Neurons twin = layers.get(row.layer()).of(task);
      int j = (int) row.neuron();
      table.check(
          row,
          Map.of(
              "layer", row.layer(),
              "estimator", row.estimator(),
              "fit_on", task.fitOn(),
              "target", row.target(),
              "solver", row.solver(),
              "neuron", row.neuron(),
              "rho", twin.rho()[j],
              "rho_fitted", twin.fitted()[j],
              "included", twin.included()[j]));
    }
    long neurons = layers.keySet().stream().mapToLong(l -> samples.layer(l).neurons()).sum();
    return table.finish(neurons * withPatterns().size() * questions());
  }

  LayerRho.Task task(String layer, String estimator, String target, String solver) {
    String fitOn =
        experiment.estimators().stream()
            .filter(e -> e.label().equals(estimator))
            .map(e -> KebabCase.of(e.extension().fitOn()))
            .findFirst()
            .orElseThrow();
    return new LayerRho.Task(layer, names.indexOf(layer), estimator, fitOn, target, solver);
  }

  /** Of an estimator in a layer: solvers times targets. */
  private long questions() {
    return (long) settings.solvers().size() * settings.targets().size();
  }

  /** Pairs of estimators that have patterns, of each layer, solver and target. */
  long pairs() {
    long estimators = withPatterns().size();
    return layers.size() * questions() * estimators * (estimators - 1) / 2;
  }

  /** The neurons that every estimator that includes any includes. */
  int[] compared(LayerRho.Task task) {
    List<boolean[]> included = new ArrayList<>();
    for (String estimator : withPatterns()) {
      TwinLayer.Neurons twin =
          layers.get(task.layer()).of(task(task.layer(), estimator, task.target(), task.solver()));
      if (IntStream.range(0, twin.included().length).anyMatch(j -> twin.included()[j])) {
        included.add(twin.included());
      }
    }
    int neurons = (int) samples.layer(task.layer()).neurons();
    return included.isEmpty()
        ? new int[0]
        : IntStream.range(0, neurons).filter(j -> included.stream().allMatch(i -> i[j])).toArray();
  }

  private List<String> withPatterns() {
    return experiment.estimators().stream()
        .filter(e -> !e.extension().id().equals("identity"))
        .map(Configured::label)
        .toList();
  }

  String layers() throws IOException {
    TwinTable<LayerRho> table = new TwinTable<>(run, RunTable.SIGNAL_QUALITY);
    Map<String, double[]> effective = new HashMap<>();
    for (LayerRho row : table.rows()) {
      LayerRho.Task task = row.task();
      Map<String, Object> expected = new HashMap<>(sizes(task, effective));
      LayerRho.Task made = task(task.layer(), task.estimator(), task.target(), task.solver());
      expected.putAll(
          Map.of(
              "layer", made.layer(),
              "layer_index", made.layerIndex(),
              "estimator", made.estimator(),
              "fit_on", made.fitOn(),
              "target", made.target(),
              "solver", made.solver()));
      boolean identity = !withPatterns().contains(task.estimator());
      if (identity) {
        for (String column : RunTable.SIGNAL_QUALITY.columns()) {
          expected.putIfAbsent(column, Double.NaN);
        }
        expected.remove("seconds");
      } else {
        expected.putAll(summary(task));
        expected.putAll(solution(row));
      }
      table.check(row, expected);
    }
    return table.finish((long) layers.size() * experiment.estimators().size() * questions());
  }

  private Map<String, Double> sizes(LayerRho.Task task, Map<String, double[]> effective) {
    double d = samples.layer(task.layer()).fanIn();
    int ofA = experiment.splits().patchesPerImage().perImage();
    int ofRho = settings.patchesPerImage().perImage();
    List<Long> shape = setup.network().shapes().get(task.layer());
    double k = samples.layer(task.layer()).neurons();
    double places = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b) / k;
    double eachOfA = ofA == 0 ? places : Math.min(places, ofA);
    double each = Math.min(places, ofRho);
    double nA = setup.parts().a().size() * eachOfA;
    double nB = setup.parts().b().size() * each;
    int images = Math.min(EFFECTIVE_IMAGES, setup.parts().c().size());
    double[] shares =
        effective.computeIfAbsent(
            task.layer(),
            layer ->
                places == 1
                    ? new double[] {1, 1}
                    : new double[] {
                      TwinEffective.of(samples, layer, ofA, images) / (images * eachOfA),
                      TwinEffective.of(samples, layer, ofRho, images) / (images * each)
                    });
    double a = shares[0] * nA;
    double b = shares[1] * nB;
    double expected = b > d + 1 ? 1 - d / a / Math.sqrt(d / a + d / (b - d - 1)) : Double.NaN;
    return Map.of(
        "neurons", k,
        "d", d,
        "n_a", nA,
        "n_b", nB,
        "n_c", setup.parts().c().size() * each,
        "d_over_n", d / nB,
        "effective_n_a", a,
        "effective_n_b", b,
        "expected_from_sampling", expected);
  }

  private Map<String, Object> summary(LayerRho.Task task) {
    TwinLayer.Neurons twin = layers.get(task.layer()).of(task);
    int[] common = compared(task);
    boolean any = IntStream.range(0, twin.rho().length).anyMatch(j -> twin.included()[j]);
    int[] own = any ? common : new int[0];
    double[] rho = Arrays.stream(own).mapToDouble(j -> twin.rho()[j]).toArray();
    double[] fitted = Arrays.stream(own).mapToDouble(j -> twin.fitted()[j]).toArray();
    double[] defined = Arrays.stream(twin.rho()).filter(r -> !Double.isNaN(r)).toArray();
    double[] neurons = NaiveStatistics.interval(rho, resamples(), experiment.seed(), .95);
    TwinTable.Between none = new TwinTable.Between(Double.NaN, Double.NaN);
    TwinTable.Between[] images =
        own.length == 0 ? new TwinTable.Between[] {none, none} : resampled(task).ends(.95);
    return Map.ofEntries(
        entry(
            "included",
            (double) IntStream.range(0, twin.rho().length).filter(j -> twin.included()[j]).count()),
        entry("compared", (double) common.length),
        entry("mean", NaiveStatistics.mean(rho)),
        entry("images_low", images[0]),
        entry("images_high", images[1]),
        entry("neurons_low", neurons[0]),
        entry("neurons_high", neurons[1]),
        entry("mean_included", twin.meanOf(twin.rho())),
        entry("mean_all", NaiveStatistics.mean(defined)),
        entry("median", NaiveStatistics.quantile(rho, .5)),
        entry("q05", NaiveStatistics.quantile(rho, .05)),
        entry("q25", NaiveStatistics.quantile(rho, .25)),
        entry("q75", NaiveStatistics.quantile(rho, .75)),
        entry("q95", NaiveStatistics.quantile(rho, .95)),
        entry("mean_fitted", NaiveStatistics.mean(fitted)));
  }

  private int resamples() {
    return experiment.comparisons().resamples();
  }

  private Map<String, Object> solution(LayerRho row) {
    LayerRho.Task task = row.task();
    TwinLayer layer = layers.get(task.layer());
    TwinLayer.Neurons twin = layer.of(task);
    if (task.solver().equals(TwinLayer.CLOSED_FORM)) {
      Map<String, Object> exact = new HashMap<>();
      List.of("steps", "converged", "distance", "gap_loss", "gap_rho")
          .forEach(column -> exact.put(column, Double.NaN));
      exact.put("ridge", layer.ridge(RIDGE));
      exact.put("dropped_inputs", 0.0); // a ridge leaves none out
      exact.put("leaking", (double) layer.leaking(task.estimator()));
      return exact;
    }
    LayerRho.Task exact =
        task(task.layer(), task.estimator(), task.target(), TwinLayer.CLOSED_FORM);
    double mean = (double) summary(task).get("mean") - (double) summary(exact).get("mean");
    double loss = twin.meanLoss() - layer.of(exact).meanLoss();
    return Map.of(
        "ridge",
        Double.NaN,
        "dropped_inputs",
        Double.NaN,
        "leaking",
        Double.NaN,
        "steps",
        new TwinTable.Between(1, 40_000), // of a search that is not made again
        "distance",
        new TwinTable.Between(loss / FACTOR - ENOUGH, FACTOR * loss + ENOUGH),
        "converged",
        row.solution().distance() <= .01 ? 1.0 : 0.0,
        "gap_loss",
        loss,
        "gap_rho",
        mean);
  }

  /** A layer's mean rho on resampled images. */
  TwinResampled resampled(LayerRho.Task task) {
    return resampled.computeIfAbsent(
        task,
        t ->
            TwinResampled.of(
                layers.get(t.layer()).of(t).groups(), compared(t), resamples(), experiment.seed()));
  }
}
