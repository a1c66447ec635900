package org.explain4j.reports.charts;

import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * A chart that XChart has painted.
 *
 * @param xAsked values that it asked labels for, again and again; likewise for y
 */
record Painted(Chart chart, XYChart drawing, List<Double> xAsked, List<Double> yAsked) {
  /** Where it has ticks. */
  List<Double> xTicks() {
    return ticks(xAsked, drawing.getStyler().getXAxisMin(), drawing.getStyler().getXAxisMax());
  }

  List<Double> yTicks() {
    return ticks(yAsked, drawing.getStyler().getYAxisMin(), drawing.getStyler().getYAxisMax());
  }

  /** XChart tries several steps; each try begins with the ends, which need not be ticks. */
  private static List<Double> ticks(List<Double> asked, double min, double max) {
    int from = 2;
    for (int i = 2; i + 1 < asked.size(); i++) {
      if (asked.get(i).equals(asked.get(0)) && asked.get(i + 1).equals(asked.get(1))) {
        from = i + 2;
      }
    }
    double nearly = 1e-9 * (max - min);
    return asked.stream()
        .skip(from)
        .filter(value -> value >= min - nearly && value <= max + nearly)
        .toList();
  }

  double x(double value) {
    return drawing.getScreenXFromChart(value);
  }

  double y(double value) {
    return drawing.getScreenYFromChart(value);
  }

  double left() {
    return x(drawing.getStyler().getXAxisMin());
  }

  double right() {
    return x(drawing.getStyler().getXAxisMax());
  }

  double top() {
    return y(drawing.getStyler().getYAxisMax());
  }

  double bottom() {
    return y(drawing.getStyler().getYAxisMin());
  }
}
