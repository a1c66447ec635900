package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.explain4j.api.Patterns;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Searches for v of all neurons of a layer, for several estimators and targets side by side. */
final class AdamSearch implements AutoCloseable {
  private final AdamMeasure measure;
  private final List<AdamTask> tasks = new ArrayList<>();
  private final IdentityHashMap<Patterns, AdamResidual> residuals = new IdentityHashMap<>();

  AdamSearch(AdamMeasure measure, List<SignalQuality.Question> questions) {
    this.measure = measure;
    LayerCovariances fit = new LayerCovariances(measure.data().moments());
    for (SignalQuality.Question question : questions) {
      Patterns patterns = question.patterns();
      ResidualStatistics statistics = ResidualStatistics.of(fit, patterns);
      AdamResidual residual = residuals.computeIfAbsent(patterns, p -> AdamResidual.of(statistics));
      tasks.add(
          new AdamTask(measure.settings(), patterns, question.target(), statistics, residual));
    }
  }

  /** In the questions' order. */
  List<Rho> rho(SignalQuality.Regressions taker) {
    Adam settings = measure.settings();
    Rho[] found = new Rho[tasks.size()];
    List<AdamTask> open = new ArrayList<>(tasks);
    Supplier<INDArray> batches = measure.data().minibatches(settings.batch(), settings.seed());
    try (AdamVectors vectors = new AdamVectors(open, settings.warmStart());
        AdamBatch batch = new AdamBatch(measure.layer(), measure.data().moments())) {
      for (int steps = 0; !open.isEmpty(); steps += settings.interval()) {
        long start = System.nanoTime();
        interval(vectors, batch, batches, steps);
        int searches = open.size();
        double share = (System.nanoTime() - start) / 1e9 / searches;
        for (int place = searches - 1; place >= 0; place--) { // drop moves the last ones
          AdamTask task = open.get(place);
          if (task.endsAfter(vectors.of(place), share)) {
            int question = tasks.indexOf(task);
            found[question] =
                task.rho(
                    vectors.of(place),
                    measure.evaluate(),
                    (v, from) -> taker.take(question, from, v));
            vectors.drop(place);
          }
        }
      }
    }
    return Arrays.asList(found);
  }

  private void interval(
      AdamVectors vectors, AdamBatch batch, Supplier<INDArray> batches, int steps) {
    for (int i = 0; i < measure.settings().interval(); i++) {
      batch.take(batches.get());
      vectors.step(batch, steps + i);
    }
  }

  @Override
  public void close() {
    residuals.values().forEach(AdamResidual::close);
  }
}
