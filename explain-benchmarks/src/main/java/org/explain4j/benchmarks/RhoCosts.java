package org.explain4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.openblas.global.openblas;
import org.explain4j.api.Catalog;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What rho of one dense layer of d inputs and k neurons costs, on correlated, rectified synthetic
 * samples, in one run: the moments of splits B and C; from moments to rho in closed form, for all
 * estimators and both targets; and ADAM until each layer mean is within 0.005 of the closed form's.
 * The closed form may overwrite the moments, as it must for a layer as wide as VGG's fc6.
 *
 * <pre>RhoCosts D K SAMPLES [--adam] [--estimators ID,ID]</pre>
 *
 * A command rather than a JMH benchmark: only numbers of one run can be compared, and the widest
 * layer takes an hour. For d = 25088, k = 4096 give the JVM {@code -Xmx3g
 * -Dorg.bytedeco.javacpp.maxbytes=16g -Dorg.bytedeco.javacpp.maxphysicalbytes=18g} and leave out
 * {@code --adam}.
 */
public final class RhoCosts {
  private static final Logger LOG = LoggerFactory.getLogger(RhoCosts.class);
  private static final String ESTIMATORS = "random,filter,linear,two-component";
  private static final double SAME = 0.005;

  private final Dense layer;
  private final SyntheticData data;
  private final Map<String, SignalEstimator> estimators = new LinkedHashMap<>();
  private double closedForm;
  private double moments;

  private RhoCosts(int d, int k, int samples, String estimators) {
    data = new SyntheticData(d, samples);
    layer =
        new Dense(
            SyntheticData.gaussian(1, k, d).divi(Math.sqrt(d)), Nd4j.zeros(DataType.FLOAT, k));
    Catalog<SignalEstimator> catalog = Catalog.of(SignalEstimator.class);
    for (String id : estimators.split(",", -1)) {
      this.estimators.put(id, catalog.get(id));
    }
  }

  public static void main(String[] arguments) throws IOException {
    List<String> all = Arrays.asList(arguments);
    int names = all.indexOf("--estimators");
    RhoCosts costs =
        new RhoCosts(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            names < 0 ? ESTIMATORS : all.get(names + 1));
    Nd4j.getBackend(); // its start sets the threads of BLAS
    openblas.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
    Path folder = Files.createTempDirectory("rho-costs");
    try {
      costs.run(folder, all.contains("--adam"));
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void run(Path folder, boolean withAdam) throws IOException {
    LOG.info(
        "d {}, k {}, {} samples a split: d/n {}; BLAS threads {}",
        layer.fanIn(),
        layer.neurons(),
        data.samples(),
        (double) layer.fanIn() / data.samples(),
        openblas.blas_get_num_threads());
    patterns(folder);
    Map<String, Double> exact = closedForm(folder);
    if (withAdam) {
      adam(folder, exact);
    }
    LOG.info("peak memory {}", Machine.peakMemory());
  }

  /** Of a split A of its own, put on disk as in a run directory: all at once are gigabytes. */
  private void patterns(Path folder) throws IOException {
    try (LayerMoments a = LayerMoments.of(layer, false)) {
      data.addTo(a, 1);
      for (Map.Entry<String, SignalEstimator> estimator : estimators.entrySet()) {
        Patterns found = estimator.getValue().estimate("layer", layer, false, a);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("positive", found.positive());
        if (found.negative() != found.positive()) {
          arrays.put("negative", found.negative());
        }
        NumpyArchive.write(folder.resolve(estimator.getKey()), arrays);
        arrays.values().forEach(INDArray::close);
      }
    }
    LOG.info("patterns of {}; memory so far {}", estimators.keySet(), Machine.peakMemory());
  }

  private static Patterns load(Path file, int neurons) throws IOException {
    Map<String, INDArray> arrays = NumpyArchive.read(file);
    INDArray positive = arrays.get("positive");
    List<Patterns.State> fitted = Collections.nCopies(neurons, Patterns.State.FITTED);
    return new Patterns(positive, arrays.getOrDefault("negative", positive), fitted, fitted);
  }

  private static void close(Patterns patterns) {
    patterns.positive().close();
    if (patterns.negative() != patterns.positive()) {
      patterns.negative().close();
    }
  }

  /** Mean rho by estimator and target. */
  private Map<String, Double> closedForm(Path folder) throws IOException {
    CollectedLayer b = new CollectedLayer(data, layer, 2);
    CollectedLayer c = new CollectedLayer(data, layer, 3);
    b.moments();
    LOG.info("moments of B: {} s; memory so far {}", b.seconds(), Machine.peakMemory());
    long begin = System.nanoTime();
    Map<String, Double> means = new LinkedHashMap<>();
    SignalQuality solver = Catalog.of(SignalQuality.class).get("closed-form");
    try (SignalQuality.Measure measure = solver.of(layer, b, c)) {
      LOG.info(
          "  factorised after {} s, and {} s for the moments of C; memory so far {}",
          since(begin) - c.seconds(),
          c.seconds(),
          Machine.peakMemory());
      for (String estimator : estimators.keySet()) {
        Patterns patterns = load(folder.resolve(estimator), (int) layer.neurons());
        for (RegressionTarget target : RegressionTarget.values()) {
          double mean = mean(measure.rho(patterns, target));
          means.put(estimator + " " + target, mean);
          LOG.info("  {} {}: rho {}", estimator, target, mean);
        }
        close(patterns);
      }
    }
    closedForm = since(begin) - c.seconds();
    moments = b.seconds() + c.seconds();
    c.moments().close();
    LOG.info(
        "from moments to rho: {} s, the moments {} s; memory so far {}",
        closedForm,
        moments,
        Machine.peakMemory());
    return means;
  }

  private void adam(Path folder, Map<String, Double> exact) throws IOException {
    SignalQuality solver = Catalog.of(SignalQuality.class).get("adam");
    List<Patterns> patterns = new ArrayList<>();
    List<SignalQuality.Question> questions = new ArrayList<>();
    for (String estimator : estimators.keySet()) {
      Patterns loaded = load(folder.resolve(estimator), (int) layer.neurons());
      patterns.add(loaded);
      for (RegressionTarget target : RegressionTarget.values()) {
        questions.add(new SignalQuality.Question(loaded, target));
      }
    }
    LayerSamples b = data.kept(layer, 2);
    LayerSamples c = data.kept(layer, 3);
    b.moments();
    c.moments();
    long begin = System.nanoTime();
    double cpu = Machine.cpuSeconds();
    int same = 0;
    try (SignalQuality.Measure measure = solver.of(layer, b, c)) {
      Iterator<Rho> found = measure.rho(questions).iterator();
      for (Map.Entry<String, Double> each : exact.entrySet()) { // in the questions' order
        Rho rho = found.next();
        double gap = mean(rho) - each.getValue();
        same += Math.abs(gap) <= SAME ? 1 : 0;
        LOG.info("  adam {}: gap {}, {}", each.getKey(), gap, rho.diagnostics());
      }
    }
    double seconds = since(begin);
    patterns.forEach(RhoCosts::close);
    LOG.info(
        "adam: {} s, {} of CPU, {} of {} within {} of the closed form",
        seconds,
        Machine.cpuSeconds() - cpu,
        same,
        exact.size(),
        SAME);
    LOG.info(
        "closed form is {} times as fast, {} times counting the moments",
        seconds / closedForm,
        seconds / (closedForm + moments));
  }

  private static double mean(Rho rho) {
    return IntStream.range(0, rho.evaluated().length)
        .filter(j -> rho.included()[j])
        .mapToDouble(j -> rho.evaluated()[j])
        .average()
        .orElse(Double.NaN);
  }

  private static double since(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
