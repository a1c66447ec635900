package org.explain4j.metrics.rho;

import org.explain4j.api.Regression;
import org.explain4j.api.moments.LayerMoments;
import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Loss and gradient of one mini-batch for all neurons. With samples X {@code [n,d]}, {@code P = XV'
 * - Z+ * (a+ . v) - Z- * (a- . v)}, all centred with split B's means, E = (P - T) / sd(T) and the
 * loss the mean of E^2; two products of n x d x k numbers, no array larger than n x k or k x d.
 */
final class AdamStep {
  private final DataType type;
  private final INDArray weights; // [k,d]
  private final INDArray bias;
  private final INDArray positive;
  private final INDArray negative;
  private final INDArray scale;
  private final INDArray meanX;
  private final INDArray meanPositive;
  private final INDArray meanNegative;
  private final INDArray meanTarget;
  private final INDArray precision; // 1 / sd of the target; 0 where that is constant
  private final Regression target;

  AdamStep(
      LinearLayer layer,
      ResidualStatistics statistics,
      Regression target,
      LayerMoments moments,
      INDArray scale) {
    this.type = scale.dataType();
    this.target = target;
    this.scale = scale;
    weights = layer.weights().castTo(type).reshape('c', layer.neurons(), layer.fanIn());
    bias = layer.bias().castTo(type);
    positive = statistics.positive().castTo(type);
    negative = statistics.negative().castTo(type);
    meanX = moments.meanX().castTo(type);
    INDArray plus = moments.meanPositive();
    INDArray minus = moments.meanNegative();
    meanPositive = plus.castTo(type);
    meanNegative = minus.castTo(type);
    INDArray mean =
        target == Regression.PRE
            ? plus.add(minus).addi(moments.bias())
            : plus.add(moments.active().muli(moments.bias()));
    meanTarget = mean.castTo(type);
    double[] inverse = new double[statistics.split().neurons()];
    for (int j = 0; j < inverse.length; j++) {
      double variance = statistics.split().varTarget(j, target);
      inverse[j] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    }
    precision = Nd4j.createFromArray(inverse).castTo(type);
  }

  /**
   * @param loss mean over samples and neurons
   * @param gradient of {@code [k,d]}, each neuron's as if it were alone
   */
  record Descent(double loss, INDArray gradient) implements AutoCloseable {
    @Override
    public void close() {
      gradient.close();
    }
  }

  Descent descent(INDArray samples, INDArray u) {
    try (INDArray x = samples.castTo(type).subRowVector(meanX);
        INDArray v = u.div(scale);
        INDArray raw = samples.castTo(type).mmul(weights.transpose());
        INDArray y = raw.addRowVector(bias);
        INDArray mask = y.gt(0);
        INDArray active = mask.castTo(type);
        INDArray zPositive = raw.mul(active);
        INDArray zNegative = raw.subi(zPositive).subiRowVector(meanNegative);
        INDArray error = x.mmul(v.transpose())) {
      if (target == Regression.POST) {
        y.muli(active);
      }
      zPositive.subiRowVector(meanPositive);
      subtract(error, zPositive, dot(positive, v));
      subtract(error, zNegative, dot(negative, v));
      error.subi(y.subiRowVector(meanTarget)).muliRowVector(precision);
      double loss = error.norm2Number().doubleValue();
      INDArray gradient = gradient(x, zPositive, zNegative, error);
      return new Descent(loss * loss / error.length(), gradient);
    }
  }

  private INDArray gradient(INDArray x, INDArray zPositive, INDArray zNegative, INDArray error) {
    INDArray gradient = error.transpose().mmul(x);
    try (INDArray withPositive = zPositive.mul(error);
        INDArray plus = withPositive.sum(0);
        INDArray withNegative = zNegative.mul(error);
        INDArray minus = withNegative.sum(0);
        INDArray first = positive.mulColumnVector(plus);
        INDArray second = negative.mulColumnVector(minus)) {
      return gradient.subi(first).subi(second).divi(scale).muli(2.0 / x.size(0));
    }
  }

  private static INDArray dot(INDArray a, INDArray b) {
    try (INDArray products = a.mul(b)) {
      return products.sum(1);
    }
  }

  private static void subtract(INDArray from, INDArray z, INDArray factors) {
    try (factors;
        INDArray part = z.mulRowVector(factors)) {
      from.subi(part);
    }
  }
}
