package org.explain4j.reports.sections;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * Mean rho of one solver and target, by estimator and layer; NaN where there is none.
 *
 * @param part the rows
 * @param low ends of the means' intervals
 */
record LayerMeans(
    Table part,
    List<String> layers,
    Map<Estimator, double[]> means,
    Map<Estimator, double[]> low,
    Map<Estimator, double[]> high) {

  /** An estimator as fitted: what a line of the chart stands for. */
  record Estimator(String name, String fitOn) {
    static Estimator of(Row row) {
      return new Estimator(row.getString("estimator"), row.getString("fit_on"));
    }

    String title() {
      return fitOn.isEmpty() ? name : name + " (fit " + fitOn + ")";
    }
  }

  static LayerMeans of(Table part) {
    List<String> layers = Rows.distinct(part, "layer");
    return new LayerMeans(
        part,
        layers,
        values(part, layers, "mean"),
        values(part, layers, "low"),
        values(part, layers, "high"));
  }

  private static Map<Estimator, double[]> values(Table part, List<String> layers, String column) {
    Map<Estimator, double[]> values = new LinkedHashMap<>();
    for (Row row : part) {
      double[] line =
          values.computeIfAbsent(
              Estimator.of(row),
              e -> {
                double[] empty = new double[layers.size()];
                Arrays.fill(empty, Double.NaN);
                return empty;
              });
      line[layers.indexOf(row.getString("layer"))] = row.getDouble(column);
    }
    return values;
  }

  /** The largest number in a column of each layer: of what does not depend on the estimator. */
  double[] ofLayers(String column) {
    double[] largest = new double[layers.size()];
    Arrays.fill(largest, Double.NaN);
    for (Row row : part) {
      int layer = layers.indexOf(row.getString("layer"));
      double value = row.getDouble(column);
      largest[layer] = Double.isNaN(largest[layer]) ? value : Math.max(largest[layer], value);
    }
    return largest;
  }

  /** Estimators that have a rho in some layer, or in none. */
  List<Estimator> estimators(boolean defined) {
    return means.keySet().stream().filter(e -> present(means.get(e)) == defined).toList();
  }

  static boolean present(double[] values) {
    return Arrays.stream(values).anyMatch(value -> !Double.isNaN(value));
  }
}
