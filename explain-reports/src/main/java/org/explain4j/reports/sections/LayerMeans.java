package org.explain4j.reports.sections;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.LayerRho;

/**
 * Mean rho of one solver and target, by estimator and layer; NaN where there is none.
 *
 * @param part the rows
 * @param bands of each estimator, one per layer
 * @param overImages whether the bands are intervals over images; if not, over neurons
 */
record LayerMeans(
    List<LayerRho> part, List<String> layers, Map<Estimator, Band[]> bands, boolean overImages) {
  private static final Band NONE = new Band(Double.NaN, Double.NaN, Double.NaN);

  /** An estimator as fitted: what a line of the chart stands for. */
  record Estimator(String name, String fitOn) {
    static Estimator of(LayerRho.Task task) {
      return new Estimator(task.estimator(), task.fitOn());
    }

    String title() {
      return fitOn.isEmpty() || fitOn.equals("pre") || name.endsWith(" " + fitOn)
          ? name
          : name + " (fit " + fitOn + ")";
    }
  }

  static LayerMeans of(List<LayerRho> part) {
    boolean overImages = part.stream().anyMatch(row -> row.rho().band().hasEnds());
    List<String> layers = RowSelection.distinct(part, row -> row.task().layer());
    Map<Estimator, Band[]> bands = new LinkedHashMap<>();
    for (LayerRho row : part) {
      Band[] line =
          bands.computeIfAbsent(
              Estimator.of(row.task()),
              e -> {
                Band[] empty = new Band[layers.size()];
                Arrays.fill(empty, NONE);
                return empty;
              });
      LayerRho.Summary rho = row.rho();
      line[layers.indexOf(row.task().layer())] = overImages ? rho.band() : rho.overNeurons();
    }
    return new LayerMeans(part, layers, bands, overImages);
  }

  /** How many of a layer's neurons the means are over: {@code 30 of 64}. */
  String compared(int layer) {
    double compared = ofLayers(LayerMeans::compared)[layer];
    double neurons = ofLayers(LayerRho::neurons)[layer];
    return Double.isNaN(compared)
        ? Numbers.MISSING
        : Numbers.count(compared) + " of " + Numbers.count(neurons);
  }

  /** The layers' names, with {@link #compared} where some neurons are left out. */
  List<String> labels() {
    return IntStream.range(0, layers.size())
        .mapToObj(i -> hasAll(i) ? layers.get(i) : layers.get(i) + ": " + compared(i))
        .toList();
  }

  /**
   * The mean of an estimator, and where neurons are left out the mean over all of them beside it.
   */
  String mean(Estimator estimator, int layer) {
    String compared = Numbers.decimals(bands.get(estimator)[layer]);
    double all =
        part.stream()
            .filter(row -> row.task().layer().equals(layers.get(layer)))
            .filter(row -> Estimator.of(row.task()).equals(estimator))
            .mapToDouble(row -> row.rho().meanAll())
            .findFirst()
            .orElse(Double.NaN);
    return hasAll(layer) || Double.isNaN(all)
        ? compared
        : compared + "; " + compared(layer) + "; all " + Numbers.decimals(all);
  }

  private boolean hasAll(int layer) {
    double compared = ofLayers(LayerMeans::compared)[layer];
    return Double.isNaN(compared) || compared == ofLayers(LayerRho::neurons)[layer];
  }

  private static double compared(LayerRho row) {
    return row.compared().isPresent() ? row.compared().getAsLong() : Double.NaN;
  }

  /** One number of each layer's bands. */
  double[] line(Estimator estimator, ToDoubleFunction<Band> number) {
    return Arrays.stream(bands.get(estimator)).mapToDouble(number).toArray();
  }

  /** One number of each layer's summary of an estimator; NaN where there is none. */
  double[] summary(Estimator estimator, ToDoubleFunction<LayerRho.Summary> number) {
    double[] values = new double[layers.size()];
    Arrays.fill(values, Double.NaN);
    for (LayerRho row : part) {
      if (Estimator.of(row.task()).equals(estimator)) {
        values[layers.indexOf(row.task().layer())] = number.applyAsDouble(row.rho());
      }
    }
    return values;
  }

  /** Each layer's largest number in a column, one that does not depend on the estimator. */
  double[] ofLayers(ToDoubleFunction<LayerRho> column) {
    double[] largest = new double[layers.size()];
    Arrays.fill(largest, Double.NaN);
    for (LayerRho row : part) {
      int layer = layers.indexOf(row.task().layer());
      double value = column.applyAsDouble(row);
      largest[layer] = Double.isNaN(largest[layer]) ? value : Math.max(largest[layer], value);
    }
    return largest;
  }

  /** Estimators that have a rho in at least one layer, or those that have none in any. */
  List<Estimator> estimators(boolean defined) {
    return bands.keySet().stream().filter(e -> present(line(e, Band::mean)) == defined).toList();
  }

  static boolean present(double[] values) {
    return Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
  }
}
