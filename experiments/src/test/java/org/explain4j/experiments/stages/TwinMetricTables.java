package org.explain4j.experiments.stages;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.metrics.faithfulness.Degradation;
import org.explain4j.reports.runs.CurveAxes;
import org.explain4j.reports.runs.CurvePoint;
import org.explain4j.reports.runs.MetricNote;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the tables of degradation should say, from the curves of every image, and these on some
 * images from the attributions.
 */
final class TwinMetricTables {
  private static final double SHARE = .16;
  static final double MARGIN = .02;

  /** On how many images curves are made again: each takes 2,000 forward passes in float64. */
  private static final int DEGRADED = Integer.getInteger("explain4j.twin.images", 24);

  private final RunDirectory run;
  private final Experiment experiment;
  private final Degradation settings;
  private final int patches;
  private final int steps;

  /** Of an explainer or the baseline, by curve: {@code [image][point]}. */
  private final Map<String, Map<String, double[][]>> curves = new LinkedHashMap<>();

  /** Likewise by score, {@code [image]}. */
  private final Map<String, Map<String, double[]>> scores = new LinkedHashMap<>();

  /** Of the baseline, by score: {@code [seed][image]}. */
  private final Map<String, double[][]> seeds = new HashMap<>();

  /**
   * @param images of the run, as the network takes them, {@code [n][c*h*w]}
   * @param classes explained
   */
  TwinMetricTables(TwinSamples samples, RunDirectory run, double[][] images, int[] classes) {
    this.run = run;
    experiment = samples.setup().experiment();
    settings = (Degradation) experiment.metrics().get(0).extension();
    int side = Math.toIntExact(samples.network().inputShape().get(2)) / settings.patch();
    patches = side * side;
    steps = Math.min(settings.steps(), patches);
    List<String> explainers = experiment.explainers().stream().map(e -> e.label()).toList();
    for (String explainer : explainers) {
      Map<String, double[][]> own = new HashMap<>();
      own.put("morf", stored("curves/degradation.morf." + explainer + ".npy"));
      own.put("lerf", stored("curves/degradation.lerf." + explainer + ".npy"));
      curves.put(explainer, own);
    }
    curves.put(Score.BASELINE, Map.of("morf", stored("curves/degradation.morf.(baseline).npy")));
    curves.forEach((name, own) -> scores.put(name, scores(own)));
    for (String score : scores.get(Score.BASELINE).keySet()) {
      seeds.put(score, stored("scores/degradation." + score + ".(baseline seeds).npy"));
    }
    Map<String, double[][]> maps = new HashMap<>();
    explainers.forEach(e -> maps.put(e, stored("attributions/" + e + ".npy")));
    new SplittableRandom(1)
        .ints(0, images.length)
        .distinct()
        .limit(Math.min(images.length, DEGRADED))
        .forEach(
            i -> {
              TwinCurves twin =
                  new TwinCurves(samples.network(), images[i], classes[i], settings.patch());
              maps.forEach((explainer, own) -> method(twin, explainer, own[i], i));
              baseline(twin, i);
            });
  }

  /** Compares the stored curves of a method on an image with those of its attribution. */
  private void method(TwinCurves twin, String explainer, double[] map, int image) {
    same(twin.curve(twin.mostRelevantFirst(map), steps), explainer, "morf", image);
    same(twin.curve(twin.leastRelevantFirst(map), steps), explainer, "lerf", image);
  }

  private void same(double[] curve, String explainer, String name, int image) {
    assertThat(curves.get(explainer).get(name)[image])
        .as("%s of %s on image %d", name, explainer, image)
        .containsExactly(curve, within(TwinTable.TOLERANCE));
  }

  /** Likewise of the random orders: their mean, and the scores of each. */
  private void baseline(TwinCurves twin, int image) {
    double[] mean = new double[steps + 1];
    for (int s = 0; s < settings.randomSeeds(); s++) {
      double[] curve = twin.curve(twin.drawn(settings.seed() + s), steps);
      Arrays.setAll(mean, p -> mean[p] + curve[p] / settings.randomSeeds());
      int seed = s;
      scores(Map.of("morf", new double[][] {curve}))
          .forEach(
              (score, value) ->
                  assertThat(seeds.get(score)[seed][image])
                      .isCloseTo(value[0], within(TwinTable.TOLERANCE)));
    }
    same(mean, Score.BASELINE, "morf", image);
  }

  /** An array as {@code [first][rest]}. */
  private double[][] stored(String file) {
    try (INDArray array = Nd4j.createFromNpyFile(run.path().resolve(file).toFile())) {
      return array.castTo(DataType.DOUBLE).reshape('c', array.size(0), -1).toDoubleMatrix();
    }
  }

  private Map<String, double[]> scores(Map<String, double[][]> curves) {
    double[][] morf = curves.get("morf");
    Map<String, double[]> found = new LinkedHashMap<>();
    double[] means = Arrays.stream(morf).mapToDouble(NaiveStatistics::mean).toArray();
    found.put("mean-probability", means);
    int share = share();
    if (share <= steps) {
      found.put(
          "mean-probability-16-percent",
          Arrays.stream(morf)
              .mapToDouble(curve -> NaiveStatistics.mean(Arrays.copyOf(curve, share + 1)))
              .toArray());
    }
    found.put(
        "aopc", IntStream.range(0, means.length).mapToDouble(i -> morf[i][0] - means[i]).toArray());
    if (curves.containsKey("lerf")) {
      double[] lerf =
          Arrays.stream(curves.get("lerf")).mapToDouble(NaiveStatistics::mean).toArray();
      found.put("area-between", TwinResampled.minus(lerf, means));
    }
    return found;
  }

  /** 16 % of the patches, at least one. */
  private int share() {
    return Math.max(1, (int) Math.round(SHARE * patches));
  }

  double[] interval(double[] values, double level) {
    return NaiveStatistics.interval(
        values, experiment.comparisons().resamples(), experiment.seed(), level);
  }

  String curves() throws IOException {
    TwinTable<CurvePoint> table = new TwinTable<>(run, RunTable.CURVES);
    for (CurvePoint row : table.rows()) {
      double[][] all = curves.get(row.explainer()).get(row.curve());
      double[] values = Arrays.stream(all).mapToDouble(c -> c[(int) row.point()]).toArray();
      double[] ends = interval(values, .95);
      table.check(
          row,
          Map.of(
              "metric",
              "degradation",
              "curve",
              row.curve(),
              "explainer",
              row.explainer(),
              "point",
              row.point(),
              "x",
              (double) row.point(),
              "mean",
              NaiveStatistics.mean(values),
              "low",
              ends[0],
              "high",
              ends[1],
              "images",
              values.length));
    }
    long lines = curves.values().stream().mapToLong(Map::size).sum();
    return table.finish(lines * (steps + 1));
  }

  String axes() throws IOException {
    TwinTable<CurveAxes> table = new TwinTable<>(run, RunTable.CURVE_AXES);
    for (CurveAxes row : table.rows()) {
      table.check(
          row,
          Map.of(
              "metric", "degradation",
              "curve", row.curve(),
              "x_label", "patches replaced",
              "y_label", "probability of the class"));
    }
    return table.finish(2); // of morf and lerf
  }

  String notes() throws IOException {
    int side = settings.patch();
    int columns = (int) Math.round(Math.sqrt(patches));
    Map<String, String> texts = new HashMap<>();
    texts.put("patch", side + " x " + side + " pixels");
    texts.put("patches", columns + " x " + columns + " = " + patches);
    texts.put("steps", String.valueOf(steps));
    texts.put(
        "paper's share",
        "Fig. 4a removes 100 of 625 patches, 16 %: here " + share() + " of " + patches);
    int last = (int) settings.seed() + settings.randomSeeds() - 1;
    texts.put(
        "random orders", settings.randomSeeds() + ", seeds " + settings.seed() + " to " + last);
    texts.put("measures", settings.summary());
    TwinTable<MetricNote> table = new TwinTable<>(run, RunTable.NOTES);
    for (MetricNote row : table.rows()) {
      String text = texts.getOrDefault(row.key(), "no such note");
      String id = settings.id();
      table.check(
          row,
          Map.of("metric", id, "key", row.key(), "value", text, "family", id, "explainer", ""));
    }
    return table.finish(texts.size());
  }

  String scores() throws IOException {
    TwinTable<Score> table = new TwinTable<>(run, RunTable.SCORES);
    for (Score row : table.rows()) {
      double[] values = scores.get(row.explainer()).get(row.score());
      double[] ends = interval(values, .95);
      double[] ofSeeds = {Double.NaN, Double.NaN};
      if (row.explainer().equals(Score.BASELINE)) {
        double[][] all = seeds.get(row.score());
        ofSeeds = interval(Arrays.stream(all).mapToDouble(NaiveStatistics::mean).toArray(), .95);
      }
      table.check(
          row,
          Map.ofEntries(
              entry("metric", "degradation"),
              entry("family", "degradation"),
              entry("score", row.score()),
              entry("direction", lower(row.score()) ? "lower" : "higher"),
              entry("explainer", row.explainer()),
              entry("mean", NaiveStatistics.mean(values)),
              entry("low", ends[0]),
              entry("high", ends[1]),
              entry("images", values.length),
              entry("missing", 0),
              entry("margin", MARGIN),
              entry("seed_low", ofSeeds[0]),
              entry("seed_high", ofSeeds[1])));
    }
    return table.finish(scores.values().stream().mapToLong(Map::size).sum());
  }

  static boolean lower(String score) {
    return score.startsWith("mean-probability");
  }

  /** A score of a method on every image. */
  double[] values(String explainer, String score) {
    return scores.get(explainer).get(score);
  }
}
