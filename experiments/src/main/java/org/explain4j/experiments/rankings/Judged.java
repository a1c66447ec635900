package org.explain4j.experiments.rankings;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.network.numpy.NumpyStream;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one metric says of the methods, image by image: by its first score, so that each metric
 * counts once.
 *
 * @param setting of a sweep; empty for a run of its own
 * @param values by method, one for each image; NaN where there is none
 */
public record Judged(
    String setting,
    String metric,
    String family,
    String score,
    boolean lowerIsBetter,
    Map<String, double[]> values) {
  /** Scores that agree in so many digits are equal: some methods differ by rounding alone. */
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * Every metric of a run, in its order; the baselines of metrics are left out.
   *
   * @param root the run directory
   * @param scores its table
   * @throws IOException if the file of a score cannot be read
   */
  public static List<Judged> of(Path root, List<Score> scores, String setting) throws IOException {
    Map<String, Judged> metrics = new LinkedHashMap<>();
    for (Score row : scores) {
      Judged judged =
          metrics.computeIfAbsent(
              row.metric(),
              metric ->
                  new Judged(
                      setting,
                      metric,
                      row.family(),
                      row.score(),
                      row.lowerIsBetter(),
                      new LinkedHashMap<>()));
      if (row.score().equals(judged.score) && !row.explainer().equals(Score.BASELINE)) {
        String file = FileNames.values("scores", row.metric(), row.score(), row.explainer());
        try (INDArray values = NumpyStream.read(root.resolve(file))) {
          judged.values.put(row.explainer(), values.toDoubleVector());
        }
      }
    }
    return new ArrayList<>(metrics.values());
  }

  /** Those of some methods that it has a value of. */
  List<String> among(List<String> methods) {
    return methods.stream().filter(method -> !Double.isNaN(cost(method))).toList();
  }

  /** Smaller is better; NaN for a method without a value. */
  double cost(String method) {
    double[] images = values.getOrDefault(method, new double[0]);
    return cost(Arrays.stream(images).filter(value -> !Double.isNaN(value)).average());
  }

  /**
   * Likewise, over some of the images.
   *
   * @param times that each image counts
   */
  double cost(String method, int... times) {
    double[] images = values.get(method);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < images.length; i++) {
      if (!Double.isNaN(images[i])) {
        sum += times[i] * images[i];
        count += times[i];
      }
    }
    return count == 0 ? Double.NaN : signed(sum / count);
  }

  private double cost(OptionalDouble mean) {
    return mean.isPresent() ? signed(mean.getAsDouble()) : Double.NaN;
  }

  private double signed(double mean) {
    if (Double.isInfinite(mean)) {
      return lowerIsBetter ? mean : -mean;
    }
    double rounded = new BigDecimal(mean).round(DIGITS).doubleValue();
    return lowerIsBetter ? rounded : -rounded;
  }

  /** How many images it has values of. */
  int images() {
    return values.values().stream().mapToInt(images -> images.length).max().orElse(0);
  }
}
