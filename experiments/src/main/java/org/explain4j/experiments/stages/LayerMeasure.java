package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.explain4j.api.Patterns;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.results.Errors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A solver working on a layer, from the first rho that is asked for. A solver that draws samples is
 * asked for all rho at once, any other for both targets of an estimator.
 */
final class LayerMeasure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LayerMeasure.class);

  private final RhoTasks tasks;
  private final LayerPatterns patterns;
  private final Supplier<SignalQuality.Measure> maker;
  private final List<RhoTask> all;
  private final Map<String, Rho> ahead = new HashMap<>(); // by task; not asked for yet
  private final Map<String, INDArray> regressions = new HashMap<>(); // v, likewise
  private boolean asked;
  private RuntimeException failure; // of the maker, which may have taken the only Sigma
  private SignalQuality.Measure measure;

  /**
   * @param all of the solver and layer
   */
  LayerMeasure(
      RhoTasks tasks,
      LayerPatterns patterns,
      Supplier<SignalQuality.Measure> maker,
      List<RhoTask> all) {
    this.tasks = tasks;
    this.patterns = patterns;
    this.maker = maker;
    this.all = all;
  }

  /** Empty for the identity. */
  Optional<Rho> rho(RhoTask task) {
    if (!ahead.containsKey(task.name())) {
      Map<String, SignalQuality.Question> questions = new LinkedHashMap<>();
      ask(questions, task);
      if (!questions.isEmpty()) {
        SignalQuality.Question own = questions.get(task.name());
        together(task).forEach(other -> join(questions, other));
        asked = true;
        try {
          measure(questions);
        } catch (RuntimeException e) {
          if (questions.size() == 1 || failure != null) {
            throw e;
          }
          String node = task.node().name();
          LOG.warn("{}: {} rho together failed; now one by one", node, questions.size(), e);
          measure(Map.of(task.name(), own));
        }
      }
    }
    return Optional.ofNullable(ahead.remove(task.name()));
  }

  /** v of a rho that was asked for, {@code [k,d]}; the caller closes it. Empty if none is kept. */
  Optional<INDArray> regression(RhoTask task) {
    return Optional.ofNullable(regressions.remove(task.name()));
  }

  private List<RhoTask> together(RhoTask task) {
    if (task.solver().extension().drawsSamples()) {
      return asked ? List.of() : all; // each alone if that failed
    }
    return all.stream().filter(other -> other.estimator().equals(task.estimator())).toList();
  }

  private void measure(Map<String, SignalQuality.Question> questions) {
    if (failure != null) {
      throw failure;
    }
    if (measure == null) {
      measure = made();
    }
    List<String> names = List.copyOf(questions.keySet());
    Iterator<Rho> rho = rho(names, List.copyOf(questions.values())).iterator();
    names.forEach(name -> ahead.put(name, rho.next()));
  }

  /** Tried once: what a second try would complain about is not the reason. */
  private SignalQuality.Measure made() {
    try {
      return maker.get();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } catch (Error e) {
      failure = new IllegalStateException(Errors.message(e), e);
      throw e;
    }
  }

  private List<Rho> rho(List<String> names, List<SignalQuality.Question> questions) {
    if (!tasks.keepsRegressions()) {
      return measure.rho(questions);
    }
    try {
      return measure.rho(
          questions,
          (question, from, v) -> keep(names.get(question), questions.get(question), from, v));
    } catch (UnsupportedOperationException e) {
      LOG.info("No intervals over images: {}", e.getMessage());
      return measure.rho(questions);
    }
  }

  private void keep(String name, SignalQuality.Question question, int from, INDArray v) {
    long neurons = question.patterns().positive().size(0);
    INDArray all =
        regressions.computeIfAbsent(
            name,
            n -> Nd4j.createUninitialized(DataType.FLOAT, new long[] {neurons, v.size(1)}, 'c'));
    all.get(NDArrayIndex.interval(from, from + v.size(0)), NDArrayIndex.all()).assign(v);
  }

  private void join(Map<String, SignalQuality.Question> questions, RhoTask task) {
    String name = task.name();
    if (questions.containsKey(name) || tasks.isDone(task)) {
      return;
    }
    try {
      ask(questions, task);
    } catch (RuntimeException e) {
      LOG.debug("{} will fail in its own cell", name, e);
    }
  }

  private void ask(Map<String, SignalQuality.Question> questions, RhoTask task) {
    Patterns found = patterns.kept(task.estimator().extension(), task.node());
    if (!found.isIdentity()) {
      questions.put(task.name(), new SignalQuality.Question(found, task.target()));
    }
  }

  @Override
  public void close() {
    regressions.values().forEach(INDArray::close);
    if (measure != null) {
      measure.close();
    }
  }
}
