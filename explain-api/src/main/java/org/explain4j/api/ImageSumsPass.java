package org.explain4j.api;

import java.util.Arrays;
import java.util.List;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds up {@link ImageSums} in a pass over a split. A batch costs one run of the layer with v in
 * place of its weights, because {@code v'd^ = v'x - (a+ . v) z+ - (a- . v) z-}, and one with its
 * weights for all sums that are added to together. Memory: v, and {@code 48 k} bytes per group. Not
 * safe for use by several threads.
 */
public final class ImageSumsPass implements AutoCloseable {
  private final LinearLayer layer; // without bias
  private final LinearLayer regression;
  private final double[] bias;
  private final double[] alongPositive; // a+ . v
  private final double[] alongNegative;
  private final RegressionTarget target;
  private final double[][] sums;
  private long images;

  private ImageSumsPass(
      LinearLayer layer, RegressionTarget target, INDArray v, double[][] along, int groups) {
    this.layer = layer.unbiased();
    INDArray typed = v.dataType() == layer.weights().dataType() ? v.dup('c') : cast(v, layer);
    this.regression = layer.with(typed.reshape('c', layer.weights().shape()));
    this.bias = layer.bias().toDoubleVector();
    this.alongPositive = along[0];
    this.alongNegative = along[1];
    this.target = target;
    this.sums = new double[groups][ImageSums.SUMS * bias.length];
  }

  private static INDArray cast(INDArray v, LinearLayer layer) {
    return v.castTo(layer.weights().dataType());
  }

  /**
   * For intervals of rho: a pass over split C.
   *
   * @param layer as in the network; its type is computed in
   * @param question for any estimator but the identity
   * @param v {@code [k,d]} from split B ({@link SignalQuality.Regressions})
   * @param groups number of groups to which the images are dealt out, and which are resampled; at
   *     least 100
   */
  public static ImageSumsPass ofResidual(
      LinearLayer layer, SignalQuality.Question question, INDArray v, int groups) {
    Patterns patterns = question.patterns();
    double[] positive = dot(v, patterns.positive());
    double[] negative =
        patterns.positive() == patterns.negative() ? positive : dot(v, patterns.negative());
    double[][] along = {positive, negative};
    return new ImageSumsPass(layer, question.target(), v, along, groups);
  }

  /** The inner products of corresponding rows, some rows at a time. */
  private static double[] dot(INDArray v, INDArray pattern) {
    INDArray rows = pattern.reshape('c', v.shape());
    double[] all = new double[(int) v.size(0)];
    Workers.forEach(
        all.length,
        j -> {
          double[] a = v.getRow(j).toDoubleVector();
          double[] b = rows.getRow(j).toDoubleVector();
          double sum = 0;
          for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
          }
          all[j] = sum;
        });
    return all;
  }

  /**
   * For effective numbers of samples: {@code p = v'x}, in a pass over split A or B.
   *
   * @param v {@code [k,d]}, one random direction per neuron
   */
  public static ImageSumsPass ofInputs(
      LinearLayer layer, RegressionTarget target, INDArray v, int groups) {
    double[] zeros = new double[(int) layer.neurons()];
    return new ImageSumsPass(layer, target, v, new double[][] {zeros, zeros}, groups);
  }

  /**
   * Adds every sample of a batch of images to several sums.
   *
   * @param passes of one layer, at least one
   * @param input of the layer, {@code [n,d]} or {@code [n,c,h,w]}
   */
  public static void add(List<ImageSumsPass> passes, INDArray input) {
    LinearLayer layer = passes.get(0).layer;
    INDArray typed = input.castTo(layer.weights().dataType());
    try (INDArray z = layer.forward(typed)) {
      for (ImageSumsPass pass : passes) {
        try (INDArray p = pass.regression.forward(typed)) {
          if (z.rank() == 4) {
            pass.planes(z, p);
          } else {
            pass.rows(z, p, 1);
          }
        }
        pass.images += input.size(0);
      }
    }
  }

  /**
   * Adds samples that were drawn, the same number from every image, to several sums.
   *
   * @param passes of one layer, at least one
   * @param samples {@code [n,d]}, patches of a convolution, image after image
   * @param each number of samples per image
   */
  public static void addSamples(List<ImageSumsPass> passes, INDArray samples, int each) {
    LinearLayer layer = passes.get(0).layer;
    INDArray typed = samples.castTo(layer.weights().dataType());
    try (INDArray z = ofSamples(layer, typed)) {
      Workers.forEach( // few samples are no work for several threads
          passes.size(),
          i -> {
            ImageSumsPass pass = passes.get(i);
            try (INDArray p = ofSamples(pass.regression, typed)) {
              pass.rows(z, p, each);
            }
            pass.images += samples.size(0) / each;
          });
    }
  }

  /** {@code [n,k]} of samples; those of several groups lie side by side, as channels do. */
  private static INDArray ofSamples(LinearLayer layer, INDArray samples) {
    long k = layer.neurons();
    long d = layer.fanIn();
    if (layer.groups() == 1) {
      return new Dense(layer.weights().reshape('c', k, d), layer.bias()).forward(samples);
    }
    INDArray weights = layer.weights().reshape('c', k, d, 1, 1);
    INDArray pixels = samples.dup('c').reshape('c', samples.size(0), layer.sampleSize(), 1, 1);
    return new Convolution(weights, layer.bias(), Window.square(1), layer.groups())
        .forward(pixels)
        .reshape('c', samples.size(0), k);
  }

  /** {@code [n,k,h,w]}. */
  private void planes(INDArray z, INDArray p) {
    int k = bias.length;
    int places = (int) (z.size(2) * z.size(3));
    int n = (int) z.size(0);
    Planes outputs = Planes.reading(z, places);
    Planes products = Planes.reading(p, places);
    Workers.run(
        k,
        (long) n * places,
        (from, to) -> {
          Plane output = outputs.plane();
          Plane product = products.plane();
          for (int j = from; j < to; j++) {
            for (int i = 0; i < n; i++) {
              output.load(i * k + j);
              product.load(i * k + j);
              double[] group = group(i);
              for (int place = 0; place < places; place++) {
                add(group, j, output.get(place), product.get(place));
              }
            }
          }
        });
  }

  /** {@code [n,k]}: workers have neurons of their own. */
  private void rows(INDArray z, INDArray p, int each) {
    int k = bias.length;
    Planes outputs = Planes.reading(z, k);
    Planes products = Planes.reading(p, k);
    Workers.run(
        k,
        outputs.count(),
        (from, to) -> {
          Plane output = outputs.plane();
          Plane product = products.plane();
          for (int row = 0; row < outputs.count(); row++) {
            output.load(row);
            product.load(row);
            double[] group = group(row / each);
            for (int j = from; j < to; j++) {
              add(group, j, output.get(j), product.get(j));
            }
          }
        });
  }

  private double[] group(int image) {
    return sums[(int) ((images + image) % sums.length)];
  }

  private void add(double[] group, int j, double z, double product) {
    double y = z + bias[j];
    double t = target == RegressionTarget.PRE ? y : Math.max(y, 0);
    double p = product - (y > 0 ? alongPositive[j] : alongNegative[j]) * z;
    int at = ImageSums.SUMS * j;
    group[at + ImageSums.N]++;
    group[at + ImageSums.T] += t;
    group[at + ImageSums.P] += p;
    group[at + ImageSums.TT] += t * t;
    group[at + ImageSums.TP] += t * p;
    group[at + ImageSums.PP] += p * p;
  }

  /** What has been added so far, for the groups that have an image. */
  public ImageSums sums() {
    int used = (int) Math.min(images, sums.length);
    return new ImageSums(
        Arrays.stream(sums).limit(used).map(double[]::clone).toArray(double[][]::new));
  }

  /** Frees v; the sums stay. */
  @Override
  public void close() {
    regression.weights().close();
  }
}
