package org.explain4j.benchmarks;

import java.util.SplittableRandom;
import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Samples as after a rectifier: a few common factors of decreasing strength, and noise, so inputs
 * are correlated and half of them are zero at a time.
 *
 * @param inputs d
 * @param samples of a split
 */
record SyntheticData(int inputs, int samples) {
  private static final int BATCH = 1000;
  private static final int FACTORS = 64;

  /** Adds a split's samples, batch by batch. */
  void addTo(LayerMoments moments, int split) {
    INDArray mixing = mixing();
    for (int from = 0; from < samples; from += BATCH) {
      try (INDArray batch = batch(mixing, split, from, Math.min(samples, from + BATCH))) {
        moments.addSamples(batch);
      }
    }
  }

  private INDArray mixing() {
    INDArray mixing = gaussian(11, FACTORS, inputs);
    for (int f = 0; f < FACTORS; f++) {
      mixing.getRow(f).muli(2 / Math.sqrt(f + 1.0));
    }
    return mixing;
  }

  private INDArray batch(INDArray mixing, int split, int from, int to) {
    long seed = 1_000_003L * split + from + 1;
    try (INDArray factors = gaussian(seed, to - from, FACTORS)) {
      INDArray noise = gaussian(seed + 500_000, to - from, inputs);
      try (INDArray common = factors.mmul(mixing)) {
        return Transforms.relu(noise.addi(common), false);
      }
    }
  }

  /** Standard normal numbers, {@code [rows,columns]}. */
  static INDArray gaussian(long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape('c', rows, columns);
  }

  /** A split's samples in memory. */
  LayerSamples kept(Dense layer, int split) {
    INDArray mixing = mixing();
    INDArray all =
        Nd4j.createUninitialized(layer.weights().dataType(), new long[] {samples, inputs}, 'c');
    for (int from = 0; from < samples; from += BATCH) {
      int to = Math.min(samples, from + BATCH);
      try (INDArray batch = batch(mixing, split, from, to)) {
        all.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()).assign(batch);
      }
    }
    return new LayerSamples(layer, all);
  }
}
