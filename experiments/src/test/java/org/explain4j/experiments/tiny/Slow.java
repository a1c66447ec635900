package org.explain4j.experiments.tiny;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;

/** An explainer that takes its time, so that a test can end the process meanwhile. */
public record Slow(long milliseconds) implements Explainer {

  public Slow() {
    this(50);
  }

  @Override
  public String id() {
    return "slow";
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
    return (inputs, classes) -> {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return inputs.mul(2);
    };
  }
}
