package org.explain4j.metrics.randomisation;

import static org.explain4j.metrics.GoldenMetrics.assertClose;
import static org.explain4j.metrics.GoldenMetrics.columns;
import static org.explain4j.metrics.GoldenMetrics.expected;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.metrics.GoldenMethods;
import org.explain4j.metrics.GoldenMetrics;
import org.explain4j.metrics.features.Maps;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every row of the engine against independent float64 values, with the weights stored there. */
class GoldenRandomisationTest {
  private static final List<Similarity> ALL = List.of(Similarity.values());

  private final List<Evaluation> methods = GoldenMethods.evaluations();

  private Randomised randomised(int method) {
    return new Randomised(methods.get(method), GoldenRandomisationTest::stored, PatternUse.KEPT);
  }

  private static LinearLayer stored(Node node) {
    String file = "golden/metrics/draws/random_weights/" + node.name();
    INDArray weights = Shared.npy(file + "_w").castTo(DataType.DOUBLE);
    INDArray bias = Shared.npy(file + "_b").castTo(DataType.DOUBLE);
    return ((LinearLayer) node.layer())
        .with(weights.rank() == 2 ? weights.transpose().dup('c') : weights, bias);
  }

  private static String word(Similarity similarity) {
    return similarity.word().replace("absolute", "abs").replace('-', '_');
  }

  @ParameterizedTest
  @CsvSource({
    "TOP_DOWN, mprt_cascade_top_down",
    "INDEPENDENT, mprt_independent",
    "BOTTOM_UP, mprt_cascade_bottom_up"
  })
  void mprt(LayerOrder order, String file) {
    for (int m = 0; m < methods.size(); m++) {
      Randomised randomised = randomised(m);
      double[][] maps = randomised.pixels(methods.get(m).attributions());
      List<double[][]> stages =
          randomised.stages(order).stream()
              .map(layers -> randomised.maps(layers, randomised.evaluation().inputs()))
              .toList();
      Metric.Result result = Mprt.result(ALL, randomised.size(), maps, stages);
      for (int s = 0; s < ALL.size(); s++) {
        similar("c/" + file + "_" + word(ALL.get(s)), m, result.curves().get(s).values());
      }
    }
  }

  /** The files are by method, stage and image; stages that were left out are NaN. */
  private static void similar(String file, int method, double[][] values) {
    INDArray expected = Shared.npy("golden/metrics/" + file).castTo(DataType.DOUBLE).slice(method);
    for (int i = 0; i < values.length; i++) {
      for (int stage = 0; stage < values[i].length; stage++) {
        double known = expected.getDouble(stage, i);
        if (!Double.isNaN(known)) {
          assertClose(
              file + " " + method + " stage " + stage,
              new double[] {values[i][stage]},
              new double[] {known},
              method == GoldenMethods.INTEGRATED ? 1e-6 : 1e-7);
        }
      }
    }
  }

  @Test
  void smoothMprt() {
    double[][] noise =
        Maps.rows(Shared.npy("golden/metrics/draws/smooth_noise").castTo(DataType.DOUBLE));
    SmoothMprt metric = new SmoothMprt(noise.length, 0.1, ALL, PatternUse.KEPT, 1);
    int row = 0;
    for (int m = 0; m < methods.size(); m++) {
      if (m == GoldenMethods.INTEGRATED) {
        continue;
      }
      Evaluation evaluation = methods.get(m);
      List<INDArray> inputs =
          Arrays.stream(noise).map(one -> metric.noisy(evaluation, repeated(one))).toList();
      Metric.Result result = metric.result(randomised(m), inputs);
      for (Similarity similarity : ALL) {
        if (similarity != Similarity.COSINE) {
          similar(
              "c/smprt_bottom_up_" + word(similarity),
              row,
              result.curves().get(ALL.indexOf(similarity)).values());
        }
      }
      row++;
    }
  }

  private static double[] repeated(double... noise) {
    return IntStream.range(0, GoldenMetrics.IMAGES)
        .boxed()
        .flatMapToDouble(i -> Arrays.stream(noise))
        .toArray();
  }

  @Test
  void efficientMprt() {
    for (int m = 0; m < methods.size(); m++) {
      double[] values = new EfficientMprt().result(randomised(m)).scores().get(0).values();
      double[][] expected = expected("c/emprt", m);
      double tolerance = m == GoldenMethods.INTEGRATED ? 1e-2 : 1e-9; // a value may change its bin
      assertClose("emprt " + m, columns(values), expected, tolerance);
    }
  }

  @Test
  void randomLogit() {
    int[] others =
        Arrays.copyOf(
            Shared.npy("golden/metrics/draws/random_class").toIntVector(), GoldenMetrics.IMAGES);
    for (int m = 0; m < methods.size(); m++) {
      Metric.Result result = new RandomLogit(ALL, 1).result(methods.get(m), others);
      for (int s = 0; s < ALL.size(); s++) {
        assertClose(
            "random logit " + m,
            columns(result.scores().get(s).values()),
            expected("c/random_logit_" + word(ALL.get(s)), m),
            1e-6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 1", "4, 2", "5, 4"})
  void cosineSimilarityConvergence(int method, int row) {
    double[][] vectors =
        Maps.rows(Shared.npy("golden/metrics/draws/csc_vectors").castTo(DataType.DOUBLE));
    double[][] cosines = CosineSimilarityConvergence.cosines(methods.get(method), vectors);
    double[][] expected = expected("c/csc", row);
    for (double[] image : expected) {
      Arrays.setAll(image, layer -> Math.abs(image[layer])); // stored with the sign of one pair
    }
    assertClose("csc " + method, cosines, expected, 1e-8);
  }

  @Test
  void theRandomNetwork() {
    Randomised randomised = randomised(0);
    List<Set<String>> stages = randomised.stages(LayerOrder.TOP_DOWN);
    INDArray logits =
        randomised.network(stages.get(stages.size() - 1)).logits(methods.get(0).inputs());
    INDArray expected = GoldenMetrics.first("metrics/c/randomised_logits");
    assertClose("logits", Maps.rows(logits), Maps.rows(expected), 1e-9);
  }
}
