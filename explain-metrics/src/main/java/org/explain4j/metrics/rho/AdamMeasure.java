package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;

/**
 * rho of many estimators and targets from one stream of mini-batches.
 *
 * @param data split B
 * @param evaluate split C
 * @param budget bytes that searches side by side may take; one takes what it needs
 */
record AdamMeasure(
    Adam settings, LinearLayer layer, LayerData data, LayerCovariances evaluate, long budget)
    implements SignalQuality.Measure {

  /** v, two moments of its gradient and the gradient; a+, a- and the inputs' scale: float32. */
  private static final long ARRAYS = 7 * Float.BYTES;

  @Override
  public Rho rho(Patterns patterns, RegressionTarget target) {
    return rho(List.of(new SignalQuality.Question(patterns, target))).get(0);
  }

  @Override
  public List<Rho> rho(List<SignalQuality.Question> questions) {
    return rho(questions, (question, from, v) -> {});
  }

  @Override
  public List<Rho> rho(List<SignalQuality.Question> questions, SignalQuality.Regressions taker) {
    long each = ARRAYS * layer.neurons() * layer.fanIn();
    int most = (int) Math.max(1, Math.min(questions.size(), budget / each));
    List<Rho> all = new ArrayList<>();
    try (BlasThreads threads = BlasThreads.one()) {
      for (int from = 0; from < questions.size(); from += most) {
        int to = Math.min(questions.size(), from + most);
        try (AdamSearch search = new AdamSearch(this, questions.subList(from, to))) {
          int first = from;
          all.addAll(search.rho((question, neuron, v) -> taker.take(first + question, neuron, v)));
        }
      }
    }
    return all;
  }
}
