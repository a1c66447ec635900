package org.explain4j.experiments.tiny;

import java.util.List;
import org.explain4j.api.Metric;

/** A metric with a fault; no number at all is none, but a score that is missing. */
public record FaultyMetric(Fault fault) implements Metric {

  public FaultyMetric() {
    this(Fault.MESSAGE);
  }

  @Override
  public String id() {
    return "faulty-metric";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public String family() {
    return "tests";
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    fault.raise();
    fault.change(evaluation.network());
    double[] values =
        new double[evaluation.classes().length + (fault == Fault.WRONG_SHAPE ? 1 : 0)];
    if (fault == Fault.NOT_A_NUMBER) {
      values[0] = Double.NaN;
    }
    return fault == Fault.RETURNS_NULL
        ? null
        : new Result(List.of(new Score("none", Direction.HIGHER_IS_BETTER, values)), List.of());
  }
}
