package org.explain4j.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForestTest {
  private static Forest.Row row(String label, double mean, double low, double high) {
    return new Forest.Row(label, OptionalDouble.of(mean), low, high, Line.Look.of(0));
  }

  private static Document svg(double reference, Forest.Row... rows) {
    Forest forest =
        new Forest("means", "score", List.of(rows), new Forest.Reference("chance", reference));
    return Jsoup.parse(forest.svg(), "", Parser.xmlParser());
  }

  private static double x(Element circle) {
    return Double.parseDouble(circle.attr("cx"));
  }

  @Test
  void meansStandInTheirOrderInsideTheirIntervalsAndBelowTheirHeadings() {
    Document svg = svg(.5, Forest.Row.heading("group"), row("a", .2, .1, .3), row("b", .8, .7, .9));
    List<Element> points = svg.select("circle");
    assertThat(points).hasSize(2);
    assertThat(x(points.get(0))).isLessThan(x(points.get(1)));
    assertThat(svg.select("text").eachText()).contains("group", "a", "b", "score");
    Element interval = svg.select("path[style*=stroke-width]").get(0);
    String[] ends = interval.attr("d").substring(1).split("[,L]", -1);
    assertThat(x(points.get(0)))
        .isBetween(Double.parseDouble(ends[0]), Double.parseDouble(ends[2]));
    Element reference = svg.select("path[style*=dasharray]").first();
    double at = Double.parseDouble(reference.attr("d").substring(1).split(",", 2)[0]);
    assertThat(at).isBetween(x(points.get(0)), x(points.get(1)));
  }

  @Test
  void aMissingIntervalLeavesThePoint() {
    Document svg = svg(Double.NaN, row("a", .2, Double.NaN, Double.NaN), row("b", .3, .2, .4));
    assertThat(svg.select("circle")).hasSize(2);
    assertThat(svg.select("path[style*=stroke-width]")).hasSize(1);
    assertThat(svg.select("path[style*=dasharray]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 60})
  void anyNumberOfRowsIsDrawn(int count) {
    List<Forest.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row("<method " + i + ">", .5, .5, .5));
    }
    Document svg = svg(.5, rows.toArray(Forest.Row[]::new));
    assertThat(svg.select("circle")).hasSize(count);
    List<Double> heights =
        svg.select("circle").stream().map(point -> Double.valueOf(point.attr("cy"))).toList();
    for (int i = 1; i < count; i++) {
      assertThat(heights.get(i) - heights.get(i - 1)).isGreaterThan(14);
    }
  }
}
