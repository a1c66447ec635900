package org.explain4j.metrics.rho;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A dense float64 layer on strongly correlated, rectified inputs, and its patterns by Eq. 7. */
record SyntheticLayer(Dense layer, INDArray mixing) {

  static SyntheticLayer of(int neurons, int inputs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    INDArray weights = gaussian(random, neurons, inputs);
    INDArray bias = gaussian(random, 1, neurons).reshape(neurons);
    INDArray mixing = gaussian(random, inputs, inputs);
    for (int i = 0; i < inputs; i++) {
      mixing.getRow(i).muli(Math.pow(i + 1, -0.7));
    }
    return new SyntheticLayer(new Dense(weights, bias), mixing);
  }

  /** {@code n} samples of one distribution. */
  LayerSamples samples(int n, long seed) {
    return new LayerSamples(layer, draw(n, seed));
  }

  INDArray draw(int n, long seed) {
    INDArray noise = gaussian(new SplittableRandom(seed), n, (int) mixing.size(0));
    return Transforms.relu(noise.mmul(mixing).addi(0.3), false);
  }

  static INDArray gaussian(SplittableRandom random, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return Nd4j.createFromArray(values);
  }

  /** {@code u / (w'u)}. */
  static Patterns direction(LayerMoments moments, INDArray directions) {
    return Patterns.linear(normalised(moments, directions.dup()));
  }

  static Patterns random(LayerMoments moments, long seed) {
    return direction(
        moments,
        gaussian(new SplittableRandom(seed), (int) moments.neurons(), (int) moments.fanIn()));
  }

  /** Eq. 3: {@code cov[x,y]}, or with the rectified output. */
  static Patterns linear(LayerMoments moments, RegressionTarget fitOn) {
    LayerCovariances c = new LayerCovariances(moments);
    INDArray direction =
        fitOn == RegressionTarget.PRE
            ? c.positive(0, c.neurons()).add(c.negative(0, c.neurons()))
            : c.positive(0, c.neurons())
                .add(c.active(0, c.neurons()).mulColumnVector(moments.bias()));
    return direction(moments, direction);
  }

  /** Eq. 7, with y or its rectified value. */
  static Patterns twoComponent(LayerMoments moments, RegressionTarget fitOn) {
    INDArray rate = moments.active();
    INDArray rest = rate.rsub(1);
    INDArray bias = moments.bias();
    INDArray meanX = moments.meanX().reshape(1, -1);
    INDArray xActive = moments.meanXActive();
    INDArray xRest = outer(Nd4j.onesLike(rate), meanX).subi(xActive);
    INDArray xyPositive = moments.meanXPositive().add(xActive.mulColumnVector(bias));
    INDArray xyNegative = moments.meanXNegative().add(xRest.mulColumnVector(bias));
    INDArray mean =
        fitOn == RegressionTarget.PRE
            ? moments.meanPositive().add(moments.meanNegative()).add(bias)
            : moments.meanPositive().add(rate.mul(bias));
    INDArray positive = xyPositive.sub(xActive.mulColumnVector(mean)).divColumnVector(rate);
    INDArray negative =
        fitOn == RegressionTarget.PRE
            ? xyNegative.sub(xRest.mulColumnVector(mean)).divColumnVector(rest)
            : xRest;
    List<Patterns.State> fitted =
        Collections.nCopies((int) moments.neurons(), Patterns.State.FITTED);
    return new Patterns(
        normalised(moments, positive), normalised(moments, negative), fitted, fitted);
  }

  private static INDArray normalised(LayerMoments moments, INDArray directions) {
    return directions.divColumnVector(directions.mul(moments.weights()).sum(1));
  }

  private static INDArray outer(INDArray column, INDArray row) {
    return column.castTo(DataType.DOUBLE).reshape(-1, 1).mmul(row);
  }
}
