package org.explain4j.metrics.faithfulness;

import java.util.Locale;
import org.explain4j.api.ExampleBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is read off the network for the explained class. */
public enum ReadOut {
  /** The output before the soft-max. */
  LOGIT,
  /** The soft-max probability. */
  PROBABILITY,
  /** 1 where the class is the one predicted, otherwise 0. */
  HIT;

  private static final double LOGITS = 0.1;
  private static final double SHARES = 0.02;

  /** Maps variants to {@code [n,1]}. */
  ExampleBatch.Evaluator of(ExampleBatch examples) {
    return switch (this) {
      case LOGIT -> examples::logits;
      case PROBABILITY -> examples::probabilities;
      case HIT -> (batch, asked) -> hits(examples.classifier().predict(batch), asked);
    };
  }

  private static INDArray hits(int[] predicted, int[] asked) {
    double[] hits = new double[asked.length];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = predicted[i] == asked[i] ? 1 : 0;
    }
    return Nd4j.createFromArray(hits).reshape(asked.length, 1);
  }

  /** The word in names of scores. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of an axis. */
  String label() {
    return word() + " of the class";
  }

  /** What two means may differ by and be equal in practice. */
  double margin() {
    return this == LOGIT ? LOGITS : SHARES;
  }
}
