package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.KebabCase;
import org.explain4j.api.RegressionTarget;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunDirectory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every rho of a layer, and sums of split C's images for its intervals. */
final class TwinLayer {
  static final String CLOSED_FORM = "closed-form";
  private static final int GROUPS = 100;

  /** Of how many neurons v is solved for again: each costs 2 n d^2 operations per estimator. */
  private static final int SOLVED = Integer.getInteger("explain4j.twin.neurons", 6);

  /**
   * What was found of the neurons.
   *
   * @param groups for each group of images and neuron n and the sums of t, p, tt, tp, pp
   */
  record Neurons(
      double[] rho, double[] fitted, double[] loss, boolean[] included, double[][][] groups) {
    static Neurons of(int k, int groups) {
      return new Neurons(
          new double[k], new double[k], new double[k], new boolean[k], new double[groups][k][]);
    }

    /** The mean over the included neurons. */
    double meanLoss() {
      return meanOf(loss);
    }

    double meanOf(double[] numbers) {
      return NaiveStatistics.mean(
          IntStream.range(0, numbers.length)
              .filter(j -> included[j])
              .mapToDouble(j -> numbers[j])
              .toArray());
    }
  }

  private final RunDirectory run;
  private final String name;
  private final double[][] w;
  private final double[] bias;
  private final int images;
  private final INDArray b;
  private final INDArray c;
  private final double[][] zOfB; // [k][n]
  private final double[][] zOfC;
  private final boolean[] varies;
  private final double meanVariance;
  private final Map<List<String>, Neurons> found = new HashMap<>();
  private final Map<String, Integer> leaking = new HashMap<>();

  /**
   * @param b samples of split B, {@code [n,d]}
   * @param c likewise
   */
  TwinLayer(TwinSamples samples, RunDirectory run, String name, INDArray b, INDArray c) {
    this.run = run;
    this.name = name;
    this.b = b;
    this.c = c;
    w = samples.weights(name);
    bias = samples.layer(name).bias().toDoubleVector();
    images = samples.setup().parts().c().size();
    zOfB = products(w, b);
    zOfC = products(w, c);
    try (INDArray variances = b.var(false, 0);
        INDArray squares = b.mul(b);
        INDArray means = squares.mean(0)) {
      double[] all = variances.toDoubleVector();
      double[] scale = means.toDoubleVector();
      varies = new boolean[all.length];
      for (int i = 0; i < all.length; i++) {
        varies[i] = all[i] > 1e-12 * scale[i];
      }
      meanVariance = NaiveStatistics.mean(all);
    }
  }

  double ridge(double relative) {
    return relative * meanVariance;
  }

  Neurons of(LayerRho.Task task) {
    return found.get(List.of(task.estimator(), task.target(), task.solver()));
  }

  int leaking(String estimator) {
    return leaking.get(estimator);
  }

  /** Frees the samples; what was found stays. */
  void close() {
    b.close();
    c.close();
  }

  /**
   * Measures an estimator by all solvers, with the v that they found; in place of some neurons' v
   * of the closed form with that of least squares on explicit residuals.
   */
  void measure(String estimator, List<String> solvers, double ridge) {
    double[][][] patterns = {
      stored("patterns/" + estimator + "/%s.positive.npy"),
      stored("patterns/" + estimator + "/%s.negative.npy")
    };
    leaking.put(estimator, leaking(patterns));
    Map<Integer, double[][]> solved = new HashMap<>();
    int[] share =
        new SplittableRandom(1).ints(0, w.length).distinct().limit(SOLVED).sorted().toArray();
    for (int j : share) {
      TwinRho twin = new TwinRho(b, w[j], bias[j]);
      solved.put(j, twin.fit(patterns[0][j], patterns[1][j], ridge(ridge)));
    }
    for (String solver : solvers) {
      for (RegressionTarget target : RegressionTarget.values()) {
        List<String> key = List.of(estimator, KebabCase.of(target), solver);
        String file = "regressions/%s/%s/%s/".formatted(solver, estimator, key.get(1));
        double[][] v = stored(file + "%s.npy");
        if (solver.equals(CLOSED_FORM)) {
          solved.forEach((j, both) -> v[j] = both[target == RegressionTarget.PRE ? 0 : 1]);
        }
        found.put(key, neurons(patterns, target == RegressionTarget.POST, v));
      }
    }
  }

  private double[][] stored(String file) {
    String path = file.formatted(FileNames.of(name));
    try (INDArray array = Nd4j.createFromNpyFile(run.path().resolve(path).toFile())) {
      return array.castTo(DataType.DOUBLE).reshape('c', w.length, w[0].length).toDoubleMatrix();
    }
  }

  /** Products of rows with every sample, {@code [k][n]}. */
  private static double[][] products(double[][] rows, INDArray samples) {
    try (INDArray left = Nd4j.createFromArray(rows);
        INDArray product = left.mmul(samples.transpose())) {
      return product.toDoubleMatrix();
    }
  }

  /** v'd^ of every sample, {@code [k][n]}, in place of v'x. */
  private double[][] predicted(double[][][] patterns, double[][] v, INDArray x, double[][] z) {
    double[][] all = products(v, x);
    for (int j = 0; j < w.length; j++) {
      double[] along = {
        TwinPatterns.dot(v[j], patterns[0][j]), TwinPatterns.dot(v[j], patterns[1][j])
      };
      for (int n = 0; n < z[j].length; n++) {
        all[j][n] -= along[z[j][n] + bias[j] > 0 ? 0 : 1] * z[j][n];
      }
    }
    return all;
  }

  private double[] target(double[][] z, int j, boolean post) {
    return Arrays.stream(z[j]).map(y -> post ? Math.max(y + bias[j], 0) : y + bias[j]).toArray();
  }

  private Neurons neurons(double[][][] patterns, boolean post, double[][] v) {
    Neurons neurons = Neurons.of(w.length, Math.min(GROUPS, images));
    double[][] onB = predicted(patterns, v, b, zOfB);
    double[][] onC = predicted(patterns, v, c, zOfC);
    for (int j = 0; j < w.length; j++) {
      Value fitted = Value.of(target(zOfB, j, post), onB[j]);
      double[] t = target(zOfC, j, post);
      Value evaluated = Value.of(t, onC[j]);
      boolean defined = !Double.isNaN(fitted.rho) && !Double.isNaN(evaluated.rho);
      neurons.rho[j] = defined ? evaluated.rho : Double.NaN;
      neurons.fitted[j] = defined ? fitted.rho : Double.NaN;
      neurons.loss[j] = fitted.loss;
      neurons.included[j] = defined && usable(patterns, j);
      sums(neurons, j, TwinRho.centred(t), TwinRho.centred(onC[j]));
    }
    return neurons;
  }

  private void sums(Neurons neurons, int j, double[] t, double[] p) {
    for (double[][] group : neurons.groups) {
      group[j] = new double[6];
    }
    int each = t.length / images;
    for (int i = 0; i < t.length; i++) {
      double[] sums = neurons.groups[i / each % neurons.groups.length][j];
      double[] terms = {1, t[i], p[i], t[i] * t[i], t[i] * p[i], p[i] * p[i]};
      for (int s = 0; s < terms.length; s++) {
        sums[s] += terms[s];
      }
    }
  }

  /** rho and loss of a prediction; both NaN where it or the target is constant. */
  private record Value(double rho, double loss) {
    static Value of(double[] target, double[] predicted) {
      double[] t = TwinRho.centred(target);
      double[] p = TwinRho.centred(predicted);
      double varT = TwinPatterns.dot(t, t);
      double varP = TwinPatterns.dot(p, p);
      double both = TwinPatterns.dot(t, p);
      if (varT <= 1e-12 * TwinPatterns.dot(target, target) || varP <= 1e-24 * varT) {
        return new Value(Double.NaN, Double.NaN);
      }
      return new Value(1 - both / Math.sqrt(varT * varP), 1 + (varP - 2 * both) / varT);
    }
  }

  /** Whether every regime that occurs on B or C has a pattern. */
  private boolean usable(double[][][] patterns, int j) {
    for (int regime = 0; regime < 2; regime++) {
      boolean positive = regime == 0;
      boolean occurs =
          Stream.of(zOfB[j], zOfC[j])
              .flatMapToDouble(Arrays::stream)
              .anyMatch(z -> z + bias[j] > 0 == positive);
      if (occurs && Arrays.stream(patterns[regime][j]).allMatch(a -> a == 0)) {
        return false;
      }
    }
    return true;
  }

  /** Neurons whose w'd^, over the inputs that vary, varies on B. */
  private int leaking(double[][][] patterns) {
    double[][] varying = Arrays.stream(w).map(double[]::clone).toArray(double[][]::new);
    for (double[] row : varying) {
      Arrays.setAll(row, i -> varies[i] ? row[i] : 0);
    }
    double[][] along = predicted(patterns, varying, b, zOfB);
    return (int)
        IntStream.range(0, w.length)
            .filter(j -> deviation(along[j]) > 1e-6 * deviation(zOfB[j]))
            .count();
  }

  private static double deviation(double[] values) {
    double[] centred = TwinRho.centred(values);
    return Math.sqrt(TwinPatterns.dot(centred, centred));
  }
}
