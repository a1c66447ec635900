package org.explain4j.methods.explainers;

/** Which output of the network a method that alters the input watches. */
public enum Output {
  /** The explained class's logit. */
  LOGIT,
  /** The explained class's soft-max probability. */
  PROBABILITY;

  /** Maps variants to {@code [n,1]}. */
  Chunk.Evaluator of(Chunk chunk) {
    return this == LOGIT ? chunk::logits : chunk::probabilities;
  }
}
