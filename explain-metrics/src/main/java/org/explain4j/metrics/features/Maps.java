package org.explain4j.metrics.features;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Rebinding;
import org.explain4j.api.Metric.Result;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Attributions as Java numbers. */
public final class Maps {
  /** Seeds of a baseline that costs no pass, or next to none. */
  public static final int FREE_SEEDS = 20;

  /** Seeds of a baseline each of which costs as much as a method. */
  public static final int COSTLY_SEEDS = 5;

  private Maps() {}

  /** The numbers of each example, in C order. */
  public static double[][] rows(INDArray batch) {
    int n = (int) batch.size(0);
    double[] all = batch.dup('c').data().asDouble();
    int length = all.length / Math.max(1, n);
    return IntStream.range(0, n)
        .mapToObj(i -> Arrays.copyOfRange(all, i * length, (i + 1) * length))
        .toArray(double[][]::new);
  }

  /**
   * For each example its value of each pixel.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public static double[][] pixels(Evaluation evaluation) {
    Groups single = Groups.single(Pixels.of(evaluation.classifier()));
    double[][] maps = rows(evaluation.attributions());
    for (int i = 0; i < maps.length; i++) {
      maps[i] = single.sums(maps[i]);
      if (!Arrays.stream(maps[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "The attribution of example %d is not finite.", i));
      }
    }
    return maps;
  }

  /** What a metric gives Gaussian noise in place of attributions: a result for each seed. */
  public static Stream<Result> random(Metric metric, Images images, int seeds) {
    ExampleBatch examples = ExampleBatch.of(images.classifier(), images.inputs(), images.classes());
    long[] shape = images.inputs().shape();
    return IntStream.rangeClosed(1, seeds)
        .mapToObj(
            seed -> {
              INDArray noise = Nd4j.createFromArray(noise(examples, seed, 0)).reshape(shape);
              return metric.evaluate(
                  new Evaluation(
                      images,
                      new Metric.Explained((x, classes) -> noise, noise, Rebinding.none())));
            });
  }

  /** Gaussian noise that belongs to each example's content. */
  public static double[] noise(ExampleBatch examples, long seed, int draw) {
    double[] noise = new double[examples.values().length];
    for (int i = 0; i < examples.count(); i++) {
      SplittableRandom random = examples.random(i, seed, draw);
      int start = examples.start(i);
      for (int p = 0; p < examples.size(); p++) {
        noise[start + p] = random.nextGaussian();
      }
    }
    return noise;
  }
}
