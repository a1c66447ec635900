package org.explain4j.experiments.tiny;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.nd4j.linalg.factory.Nd4j;

/** An explainer that has a fault when it attributes, or returns null when it is bound. */
public record FaultyExplainer(Fault fault) implements Explainer {

  public FaultyExplainer() {
    this(Fault.MESSAGE);
  }

  @Override
  public String id() {
    return "faulty-explainer";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    if (fault == Fault.RETURNS_NULL) {
      return null;
    }
    return (inputs, classes) -> {
      fault.raise();
      fault.change(subject.network());
      return switch (fault) {
        case WRONG_SHAPE -> Nd4j.ones(2, 2);
        case NOT_A_NUMBER -> Nd4j.valueArrayOf(inputs.shape(), Double.NaN, inputs.dataType());
        default -> inputs.dup();
      };
    };
  }
}
