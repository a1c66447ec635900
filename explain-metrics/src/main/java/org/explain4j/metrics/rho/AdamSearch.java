package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.MiniBatches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Searches for v of all neurons of a layer, for several estimators and targets side by side. */
final class AdamSearch implements AutoCloseable {
  private final AdamMeasure measure;
  private final LayerCovariances fit;
  private final List<AdamTask> tasks = new ArrayList<>();
  private final IdentityHashMap<Patterns, AdamResidual> residuals = new IdentityHashMap<>();

  AdamSearch(AdamMeasure measure, List<SignalQuality.Question> questions) {
    this.measure = measure;
    fit = new LayerCovariances(measure.data().moments());
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
    Rho[] found = new Rho[tasks.size()];
    List<AdamTask> open = new ArrayList<>();
    for (AdamTask task : tasks) {
      if (task.neurons().length > 0) {
        open.add(task);
      } else {
        answer(
            found, task, (from, to) -> Nd4j.zeros(DataType.DOUBLE, to - from, task.fanIn()), taker);
      }
    }
    if (!open.isEmpty()) {
      search(open, found, taker);
    }
    return Arrays.asList(found);
  }

  private void search(List<AdamTask> open, Rho[] found, SignalQuality.Regressions taker) {
    Adam settings = measure.settings();
    LayerData data = measure.data();
    MiniBatches drawn = data.minibatches(settings.batch(), settings.seed());
    long start = System.nanoTime();
    try (AdamVectors vectors = new AdamVectors(open, settings.warmStart(), drawn.size());
        AdamBatches batches =
            new AdamBatches(measure.layer(), data.moments(), drawn, settings.interval())) {
      for (int steps = 0; !open.isEmpty(); steps += settings.interval()) {
        interval(vectors, batches, steps);
        int searches = open.size();
        boolean[] over = over(open, vectors, (System.nanoTime() - start) / 1e9 / searches);
        for (int place = searches - 1; place >= 0; place--) { // drop moves those below
          if (over[place]) {
            answer(found, open.get(place), vectors.of(place), taker);
            vectors.drop(place);
          }
        }
        start = System.nanoTime();
      }
    }
  }

  private void answer(
      Rho[] found, AdamTask task, AdamTask.Found v, SignalQuality.Regressions taker) {
    int question = tasks.indexOf(task);
    try (BlasThreads all = BlasThreads.all()) {
      found[question] =
          task.rho(v, measure.evaluate(), (rows, from) -> taker.take(question, from, rows));
    }
  }

  /**
   * Which searches are over. The products of narrow layers have few rows, which threads share
   * badly: each takes a search of its own, as long as there are enough.
   */
  private boolean[] over(List<AdamTask> open, AdamVectors vectors, double share) {
    boolean[] over = new boolean[open.size()];
    IntConsumer check = place -> over[place] = open.get(place).endsAfter(vectors.of(place), share);
    int threads = Workers.threads();
    boolean narrow = threads * measure.layer().weights().length() <= NeuronRows.block;
    if (narrow && over.length >= threads) {
      Workers.forEach(over.length, check);
      return over;
    }
    try (BlasThreads all = BlasThreads.all()) {
      IntStream.range(0, over.length).forEach(check);
    }
    return over;
  }

  private void interval(AdamVectors vectors, AdamBatches batches, int steps) {
    int interval = measure.settings().interval();
    for (int taken = 0; taken < interval; ) {
      List<AdamBatch> next = batches.next(interval - taken);
      vectors.steps(next, steps + taken);
      taken += next.size();
    }
  }

  @Override
  public void close() {
    residuals.values().forEach(AdamResidual::close);
    fit.close();
  }
}
