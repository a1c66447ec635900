package org.explain4j.api.propagation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Start;

/** A bound method that is one backward pass by a table of rules, which can be shown. */
public interface Propagation extends Attributor {

  /** The rule of every layer. */
  Composite composite();

  /** The value that is propagated from the logits. */
  Start start();

  /** Whether the result is multiplied by the input. */
  boolean timesInput();
}
