package org.explain4j.methods.perturbation;

import org.explain4j.api.ExampleBatch;

/** Which output of the network a method that alters the input watches. */
public enum Output {
  /** The explained class's logit. */
  LOGIT,
  /** The explained class's soft-max probability. */
  PROBABILITY;

  /** Maps variants to {@code [n,1]}. */
  ExampleBatch.Evaluator of(ExampleBatch examples) {
    return this == LOGIT ? examples::logits : examples::probabilities;
  }
}
