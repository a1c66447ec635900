package org.explain4j.metrics.rho;

import java.util.EnumMap;
import java.util.Map;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.moments.LayerMoments;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a mini-batch of n samples says of a layer, whatever the estimator: x, z+, z- and the
 * targets, all centred with split B's means.
 */
final class AdamBatch implements AutoCloseable {
  private final INDArray weights; // [k,d]
  private final INDArray meanX;
  private final float[] bias;
  private final float[] meanPositive;
  private final float[] meanNegative;
  private final Map<RegressionTarget, float[]> meanTargets = new EnumMap<>(RegressionTarget.class);
  private final Map<RegressionTarget, float[][]> targets =
      new EnumMap<>(RegressionTarget.class); // [k][n]
  private float[][] positive;
  private float[][] negative;
  private INDArray z; // [k,n]
  private INDArray x;

  AdamBatch(LinearLayer layer, LayerMoments moments) {
    weights = layer.weights().castTo(DataType.FLOAT).reshape('c', layer.neurons(), layer.fanIn());
    bias = layer.bias().castTo(DataType.FLOAT).toFloatVector();
    meanX = moments.meanX().castTo(DataType.FLOAT);
    INDArray plus = moments.meanPositive();
    INDArray minus = moments.meanNegative();
    meanPositive = floats(plus);
    meanNegative = floats(minus);
    meanTargets.put(RegressionTarget.PRE, floats(plus.add(minus).addi(moments.bias())));
    meanTargets.put(RegressionTarget.POST, floats(plus.add(moments.active().muli(moments.bias()))));
  }

  private static float[] floats(INDArray numbers) {
    return numbers.castTo(DataType.FLOAT).toFloatVector();
  }

  /**
   * Takes the next samples.
   *
   * @param samples {@code [n,d]}, the same n each time; closed at the end
   */
  void take(INDArray samples) {
    if (x != null) {
      x.close();
    }
    x = samples.castTo(DataType.FLOAT);
    if (x != samples) {
      samples.close();
    }
    x.subiRowVector(meanX);
    int k = bias.length;
    if (z == null) {
      allocate(k, (int) x.size(0));
    }
    int size = (k + Workers.threads() - 1) / Workers.threads();
    Workers.run(
        (k + size - 1) / size,
        size * x.size(1),
        (first, last) -> neurons(first * size, Math.min(k, last * size)));
  }

  private void allocate(int k, int n) {
    z = Nd4j.createUninitialized(DataType.FLOAT, new long[] {k, n}, 'c');
    positive = new float[k][n];
    negative = new float[k][n];
    for (RegressionTarget target : RegressionTarget.values()) {
      targets.put(target, new float[k][n]);
    }
  }

  private void neurons(int from, int to) {
    Products.multiply(
        Workers.slice(weights, from, to),
        x,
        Products.Transposed.SECOND,
        Workers.slice(z, from, to),
        0);
    float[] centred = new float[(int) z.size(1)];
    Planes.Plane row = Planes.reading(z, centred.length).plane(centred);
    for (int j = from; j < to; j++) {
      row.load(j);
      neuron(j, centred);
    }
  }

  private void neuron(int j, float[] centred) {
    float mean = meanPositive[j] + meanNegative[j];
    float[] pre = targets.get(RegressionTarget.PRE)[j];
    float[] post = targets.get(RegressionTarget.POST)[j];
    float meanPre = meanTargets.get(RegressionTarget.PRE)[j];
    float meanPost = meanTargets.get(RegressionTarget.POST)[j];
    for (int i = 0; i < centred.length; i++) {
      float raw = centred[i] + mean; // without bias
      float y = raw + bias[j];
      float above = y > 0 ? raw : 0;
      positive[j][i] = above - meanPositive[j];
      negative[j][i] = raw - above - meanNegative[j];
      pre[i] = y - meanPre;
      post[i] = Math.max(y, 0) - meanPost;
    }
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
    return targets.get(target)[neuron];
  }

  @Override
  public void close() {
    if (x != null) {
      x.close();
      z.close();
    }
  }
}
