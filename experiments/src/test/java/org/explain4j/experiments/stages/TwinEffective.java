package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many independent samples the patches of some images are worth (docs/sampling.md): the
 * variance of a regression's slope as if all samples were independent, over that of a jackknife
 * over images; sample by sample.
 */
final class TwinEffective {
  private final INDArray weights;
  private final INDArray directions;
  private final int images;
  private final List<double[][]> t = new ArrayList<>(); // [n][k], batch by batch
  private final List<double[][]> p = new ArrayList<>();

  private TwinEffective(double[][] w, double[] directions, int images) {
    this.weights = Nd4j.createFromArray(w).transpose();
    this.directions =
        Nd4j.createFromArray(directions).reshape('c', w.length, w[0].length).transpose();
    this.images = images;
  }

  /**
   * Of a layer, from images of split C; predicted is a random combination of inputs per neuron.
   *
   * @param perImage samples of an image, 0 for all
   */
  static double of(TwinSamples samples, String name, int perImage, int images) {
    double[][] w = samples.weights(name);
    long seed = samples.setup().experiment().seed() ^ name.hashCode();
    double[] drawn =
        new SplittableRandom(seed).doubles((long) w.length * w[0].length, -1, 1).toArray();
    TwinEffective twin = new TwinEffective(w, drawn, images);
    samples.batches(samples.setup().parts().c(), images, perImage, Map.of(name, twin::add));
    return twin.effective();
  }

  private void add(INDArray samples) {
    try (INDArray z = samples.mmul(weights);
        INDArray predicted = samples.mmul(directions)) {
      t.add(z.toDoubleMatrix());
      p.add(predicted.toDoubleMatrix());
    }
  }

  private double effective() {
    double independent = 0;
    double grouped = 0;
    int n = 0;
    for (int j = 0; j < weights.columns(); j++) {
      double[] x = centred(t, j);
      double[] y = centred(p, j);
      n = x.length;
      double xx = TwinPatterns.dot(x, x);
      double yy = TwinPatterns.dot(y, y);
      if (xx > 0 && yy > 0) {
        double slope = TwinPatterns.dot(x, y) / xx;
        double[] scores = new double[images];
        double errors = 0;
        for (int i = 0; i < n; i++) {
          double e = y[i] - slope * x[i];
          errors += e * e;
          scores[i / (n / images)] += x[i] * e;
        }
        independent += xx * errors / n / (xx * yy);
        grouped += Arrays.stream(scores).map(s -> s * s).sum() / (xx * yy);
      }
    }
    return Math.min(n, Math.max(images, n * independent / grouped));
  }

  private static double[] centred(List<double[][]> batches, int neuron) {
    double[] all =
        batches.stream().flatMap(Arrays::stream).mapToDouble(row -> row[neuron]).toArray();
    double mean = NaiveStatistics.mean(all);
    return Arrays.stream(all).map(x -> x - mean).toArray();
  }
}
