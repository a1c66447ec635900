package org.explain4j.metrics.rho;

import org.explain4j.api.RegressionTarget;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a mini-batch of n samples says of a layer, whatever the estimator: x, z+, z- and the
 * targets, all centred with split B's means.
 */
final class AdamBatch {
  /** Multiplied with it twice, any positive number is above 1. */
  private static final float HUGE = 1e38f;

  private final INDArray x;
  private final float[][] positive; // [k][n]
  private final float[][] negative;
  private final float[][] pre;
  private final float[][] post;

  /**
   * @param x {@code [n,d]}
   */
  AdamBatch(INDArray x, int neurons) {
    this.x = x;
    int n = (int) x.size(0);
    positive = new float[neurons][n];
    negative = new float[neurons][n];
    pre = new float[neurons][n];
    post = new float[neurons][n];
  }

  /**
   * Computes what some samples say of a neuron. The compiler makes vector instructions of loops
   * without choices that write one array each.
   *
   * @param z {@code w'x} of all neurons and these samples, centred, sample by sample
   * @param from the first of these samples
   */
  void neuron(int j, NeuronMeans means, float[] z, int from) {
    int k = pre.length;
    int to = from + z.length / k;
    float[] above = positive[j];
    float[] below = negative[j];
    float[] raw = pre[j]; // without bias
    float[] rectified = post[j];
    float bias = means.bias();
    float mean = means.positive() + means.negative();
    for (int i = from; i < to; i++) {
      raw[i] = z[(i - from) * k + j] + mean;
    }
    for (int i = from; i < to; i++) {
      rectified[i] = Math.max(raw[i] + bias, 0);
    }
    for (int i = from; i < to; i++) {
      above[i] = Math.min(rectified[i] * HUGE * HUGE, 1) * raw[i];
    }
    for (int i = from; i < to; i++) {
      below[i] = raw[i] - above[i] - means.negative();
    }
    for (int i = from; i < to; i++) {
      above[i] -= means.positive();
    }
    for (int i = from; i < to; i++) {
      raw[i] = raw[i] + bias - means.pre();
    }
    for (int i = from; i < to; i++) {
      rectified[i] -= means.post();
    }
  }

  /**
   * A neuron's means on split B.
   *
   * @param positive of z+
   * @param negative of z-
   * @param pre of the target before the rectifier
   * @param post of the target behind it
   */
  record NeuronMeans(float bias, float positive, float negative, float pre, float post) {}

  int size() {
    return (int) x.size(0);
  }

  /** {@code [n,d]}. */
  INDArray x() {
    return x;
  }

  /** z+ of a neuron, {@code [n]}. */
  float[] positive(int neuron) {
    return positive[neuron];
  }

  /** z- of a neuron, {@code [n]}. */
  float[] negative(int neuron) {
    return negative[neuron];
  }

  /** {@code [n]}. */
  float[] target(RegressionTarget target, int neuron) {
    return target == RegressionTarget.PRE ? pre[neuron] : post[neuron];
  }
}
