package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.runs.RunDirectory;

/** The shipped experiment as small as it can be: quick enough to be run for every mutation. */
final class TinyRunTwinTest extends PublishedTwin {
  private static final List<String> TINY =
      List.of(
          "splits.a=20",
          "splits.b=24",
          "splits.c=30",
          "estimators=[identity, random, filter, {linear: {fit-on: post}}, two-component]",
          "signal-quality.layers=[conv1, fc2]",
          "signal-quality.solvers=[closed-form, {adam: {max-steps: 400}}]",
          "explain.images=10",
          "explainers=[gradient, lrp-0, {pattern-attribution: {estimator: two-component}}, random]",
          "metrics=[{degradation: {patch: 14, steps: 4}}]",
          "report.estimator-maps={identity: lrp-0, two-component: pattern-attribution}",
          "report.figures=false",
          "comparisons.resamples=100");

  @Override
  RunDirectory run(Path folder) throws IOException {
    return Experiments.run(shipped(), folder.resolve("run"), TINY);
  }
}
