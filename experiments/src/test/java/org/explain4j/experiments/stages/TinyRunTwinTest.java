package org.explain4j.experiments.stages;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.runs.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped experiment as small as it can be, quick enough to be run for every mutation; in one
 * test, for PIT takes the first test of a class for the only one that covers what comes before all.
 */
final class TinyRunTwinTest {
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
          "batch=8",
          "comparisons.resamples=100");

  private static final class Twin extends PublishedTwin {
    @Override
    RunDirectory run(Path folder) throws IOException {
      return Experiments.run(shipped(), folder.resolve("run"), TINY);
    }
  }

  @Test
  void everyTableIsThatOfItsTwin(@TempDir Path folder, TestReporter reporter) throws IOException {
    Twin twin = new Twin();
    twin.open(folder);
    assertAll(
        Arrays.stream(PublishedTwin.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> () -> check(twin, method, reporter)));
  }

  private static void check(Twin twin, Method method, TestReporter reporter) throws Throwable {
    try {
      if (method.getParameterCount() == 0) {
        method.invoke(twin);
      } else {
        method.invoke(twin, reporter);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
