package org.explain4j.metrics.rho;

import java.util.EnumMap;
import java.util.Map;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.MiniBatches;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a mini-batch of n samples says of a layer, whatever the estimator: x, z+, z- and the
 * targets, all centred with split B's means.
 */
final class AdamBatch implements AutoCloseable {
  /** Multiplications that take as long as reading a number. */
  private static final int PRODUCTS = 8;

  private final INDArray weights; // [k,d]
  private final INDArray meanX;
  private final float[] bias;
  private final float[] meanPositive;
  private final float[] meanNegative;
  private final Map<RegressionTarget, float[]> meanTargets = new EnumMap<>(RegressionTarget.class);
  private final Map<RegressionTarget, float[][]> targets =
      new EnumMap<>(RegressionTarget.class); // [k][n]
  private final float[][] positive;
  private final float[][] negative;
  private final INDArray z; // [k,n]
  private final INDArray x;
  private final MiniBatches drawn;

  AdamBatch(LinearLayer layer, LayerMoments moments, MiniBatches drawn) {
    this.drawn = drawn;
    weights = layer.weights().castTo(DataType.FLOAT).reshape('c', layer.neurons(), layer.fanIn());
    bias = layer.bias().castTo(DataType.FLOAT).toFloatVector();
    meanX = moments.meanX().castTo(DataType.FLOAT);
    INDArray plus = moments.meanPositive();
    INDArray minus = moments.meanNegative();
    meanPositive = floats(plus);
    meanNegative = floats(minus);
    meanTargets.put(RegressionTarget.PRE, floats(plus.add(minus).addi(moments.bias())));
    meanTargets.put(RegressionTarget.POST, floats(plus.add(moments.active().muli(moments.bias()))));
    int k = bias.length;
    int n = drawn.size();
    x = Nd4j.createUninitialized(DataType.FLOAT, new long[] {n, meanX.length()}, 'c');
    z = Nd4j.createUninitialized(DataType.FLOAT, new long[] {k, n}, 'c');
    positive = new float[k][n];
    negative = new float[k][n];
    for (RegressionTarget target : RegressionTarget.values()) {
      targets.put(target, new float[k][n]);
    }
  }

  private static float[] floats(INDArray numbers) {
    return numbers.castTo(DataType.FLOAT).toFloatVector();
  }

  /** Draws the next samples. */
  void next() {
    drawn.next();
    Workers.run(x.size(0), x.size(1) * (1 + bias.length / PRODUCTS), this::samples);
  }

  private void samples(int from, int to) {
    INDArray rows = Workers.slice(x, from, to);
    drawn.read(from, to, rows);
    rows.subiRowVector(meanX);
    INDArray products = Products.columns(z, from, to);
    Products.multiply(weights, rows, Products.Transposed.SECOND, products, 0);
    float[] centred = new float[(int) z.size(1)];
    Planes.Plane row = Planes.reading(z, centred.length).plane(centred);
    for (int j = 0; j < bias.length; j++) {
      row.load(j);
      neuron(j, centred, from, to);
    }
  }

  private void neuron(int j, float[] centred, int from, int to) {
    float mean = meanPositive[j] + meanNegative[j];
    float[] pre = targets.get(RegressionTarget.PRE)[j];
    float[] post = targets.get(RegressionTarget.POST)[j];
    float meanPre = meanTargets.get(RegressionTarget.PRE)[j];
    float meanPost = meanTargets.get(RegressionTarget.POST)[j];
    for (int i = from; i < to; i++) {
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
    x.close();
    z.close();
  }
}
