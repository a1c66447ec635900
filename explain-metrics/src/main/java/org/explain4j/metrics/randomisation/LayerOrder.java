package org.explain4j.metrics.randomisation;

/** In which order layers get random weights. */
public enum LayerOrder {
  /** From the logits down, one more at each stage. */
  TOP_DOWN,
  /** From the input up, one more at each stage. */
  BOTTOM_UP,
  /** One layer alone at each stage, from the logits down. */
  INDEPENDENT
}
