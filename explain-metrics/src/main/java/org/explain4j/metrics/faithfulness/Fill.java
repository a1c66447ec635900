package org.explain4j.metrics.faithfulness;

/** What replaces the pixels of examples. */
@FunctionalInterface
interface Fill {

  /** A picture of the example's shape. */
  double[] of(int example);
}
