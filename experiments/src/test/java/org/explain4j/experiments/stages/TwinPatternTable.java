package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.KebabCase;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.PatternCounts;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the table of patterns should say, and the stored patterns themselves. */
record TwinPatternTable(RunDirectory run, TwinSamples samples) {
  /** Of products and activations in float32, over 8,000 images: 1.2e-5 was seen. */
  private static final double ROUNDED = 2e-5;

  /** Compares every row, and every stored pattern. */
  String check() throws IOException {
    Setup setup = samples.setup();
    TwinTable<PatternCounts> counts = new TwinTable<>(run, RunTable.PATTERNS);
    int perImage = setup.experiment().splits().patchesPerImage().perImage();
    Map<String, TwinPatterns> twins = new HashMap<>();
    Map<String, TwinSamples.Taker> takers = new HashMap<>();
    for (Node node : setup.network().linearNodes()) {
      TwinPatterns twin = new TwinPatterns(samples, node.name());
      twins.put(node.name(), twin);
      takers.put(node.name(), twin::add);
    }
    samples.batches(setup.parts().a(), setup.parts().a().size(), perImage, takers);
    double worst = 0;
    for (Node node : setup.network().linearNodes()) {
      TwinPatterns twin = twins.get(node.name());
      double[][] w = samples.weights(node.name());
      for (PatternCounts row : counts.rows()) {
        if (row.layer().equals(node.name())) {
          Map<String, Object> expected = new HashMap<>();
          expected.put("estimator", row.estimator());
          expected.put("fit_on", KebabCase.of(estimator(row).fitOn()));
          expected.put("layer", node.name());
          expected.put("neurons", w.length);
          for (String regime : List.of("positive", "negative")) {
            worst = Math.max(worst, patterns(row, regime, twin, w, expected));
          }
          counts.check(row, expected);
        }
      }
    }
    long estimators =
        setup.experiment().estimators().stream()
            .filter(estimator -> !estimator.extension().id().equals("identity"))
            .count();
    String table = counts.finish(estimators * setup.network().linearNodes().size());
    assertThat(worst).as("relative distance of a pattern").isLessThan(ROUNDED);
    return table + "; of patterns %.1e".formatted(worst);
  }

  private SignalEstimator estimator(PatternCounts row) {
    return samples.setup().experiment().estimators().stream()
        .filter(e -> e.label().equals(row.estimator()))
        .map(Configured::extension)
        .findFirst()
        .orElseThrow();
  }

  /** Counts a regime's states into the expected columns; returns the largest relative distance. */
  private double patterns(
      PatternCounts row,
      String regime,
      TwinPatterns twin,
      double[][] w,
      Map<String, Object> expected) {
    TwinPatterns.MadeOf made = madeOf(row);
    int which = regime.equals("positive") ? TwinPatterns.POSITIVE : TwinPatterns.NEGATIVE;
    String file =
        "patterns/%s/%s.%s.npy".formatted(row.estimator(), FileNames.of(row.layer()), regime);
    double[][] stored;
    try (INDArray array = Nd4j.createFromNpyFile(run.path().resolve(file).toFile())) {
      stored = array.castTo(DataType.DOUBLE).reshape('c', w.length, -1).toDoubleMatrix();
    }
    for (String state : List.of("fitted", "unoccupied", "vanishing")) {
      expected.put(regime + "_" + state, 0);
    }
    double worst = 0;
    for (int j = 0; j < w.length; j++) {
      double[] given = estimator(row).id().equals("filter") ? w[j] : stored[j];
      expected.merge(
          regime + "_" + twin.state(made, which, j, given), 1, (a, b) -> (int) a + (int) b);
      double[] pattern = twin.pattern(made, which, j, given);
      double[] difference = TwinResampled.minus(pattern, stored[j]);
      double length = TwinPatterns.dot(pattern, pattern);
      double distance = TwinPatterns.dot(difference, difference);
      worst = Math.max(worst, Math.sqrt(length > 0 ? distance / length : distance));
    }
    return worst;
  }

  /** In the logit layer the two-component estimator is the linear one. */
  private TwinPatterns.MadeOf madeOf(PatternCounts row) {
    SignalEstimator estimator = estimator(row);
    boolean post = KebabCase.of(estimator.fitOn()).equals("post");
    boolean logits =
        samples.setup().network().isLogits(samples.setup().network().node(row.layer()));
    return new TwinPatterns.MadeOf(
        switch (estimator.id()) {
          case "linear" -> TwinPatterns.Kind.LINEAR;
          case "two-component" -> logits ? TwinPatterns.Kind.LINEAR : TwinPatterns.Kind.REGIMES;
          default -> TwinPatterns.Kind.GIVEN;
        },
        post);
  }
}
