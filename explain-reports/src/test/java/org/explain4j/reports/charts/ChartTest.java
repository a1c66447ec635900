package org.explain4j.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final double[] X = {0, 1, 2, 3};

  private static Document svg(List<String> categories, Line... lines) {
    Chart chart =
        new Chart(
            "a & b",
            Chart.Axis.of("x"),
            new Chart.Axis("y", 0, 1),
            categories,
            List.of(lines),
            Chart.Size.PANEL);
    return Jsoup.parse(chart.svg(), "", Parser.xmlParser());
  }

  private static Line line(String name, int k, double... y) {
    return Line.of(name, X, y, Line.Look.of(k));
  }

  @Test
  void coloursAreThoseOfThePage() {
    Document svg = svg(List.of(), line("first", 0, 0, 1, 0, 1), line("second", 1, 1, 0, 1, 0));
    assertThat(svg.select("polyline").eachAttr("style"))
        .anyMatch(style -> style.contains("stroke:var(--blue)"))
        .anyMatch(style -> style.contains("stroke:var(--vermillion)"));
    assertThat(svg.outerHtml()).doesNotContain("rgb(17,34,5").contains("fill:var(--ink)");
  }

  @Test
  void lineIsOnePieceSoThatItsDashesGoOn() {
    Document svg = svg(List.of(), line("dashed", 6, 0, 1, 0, 1));
    List<Element> dashed =
        svg.select("polyline").stream()
            .filter(line -> line.attr("style").contains("var(--blue)"))
            .toList();
    assertThat(dashed).hasSize(1);
    assertThat(dashed.get(0).attr("points").strip().split("\\s+", -1)).hasSize(4);
    assertThat(dashed.get(0).attr("style")).contains("stroke-dasharray:8,4");
  }

  @Test
  void missingValueIsAGap() {
    Document svg = svg(List.of(), line("gap", 0, 0, Double.NaN, .5, 1));
    assertThat(svg.select("polyline").stream().map(line -> line.attr("style")))
        .filteredOn(style -> style.contains("var(--blue)"))
        .hasSize(1);
  }

  @Test
  void longAxisHasFewLabels() {
    double[] x = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
    Document svg = svg(List.of(), Line.of("long", x, x, Line.Look.of(0)));
    double bottom = Double.parseDouble(svg.select("clipPath rect").attr("height")) + 5;
    assertThat(svg.select("g[transform]").eachAttr("transform"))
        .filteredOn(shift -> Double.parseDouble(shift.replaceAll(".* |\\)", "")) > bottom)
        .hasSizeBetween(4, 12);
    assertThat(svg.select("text").eachText()).containsExactly("long");
  }

  @Test
  void bandIsDrawnBetweenItsEdges() {
    double[] y = {.2, .4, .6, .8};
    double[] low = Arrays.stream(y).map(v -> v - .1).toArray();
    double[] high = Arrays.stream(y).map(v -> v + .1).toArray();
    Document svg = svg(List.of(), new Line("band", X, y, low, high, Line.Look.of(2)));
    assertThat(svg.select("path").eachAttr("style"))
        .anyMatch(style -> style.contains("fill:var(--green)") && style.contains("opacity"));
  }

  @Test
  void legendNamesEveryLineAndStaysInside() {
    Line[] lines =
        IntStream.range(0, 24)
            .mapToObj(k -> line("method-with-a-name-" + k, k, 0, .1, .2, .3))
            .toArray(Line[]::new);
    Document svg = svg(List.of(), lines);
    assertThat(svg.select("text").eachText()).hasSize(24);
    int height = Integer.parseInt(svg.select("svg").attr("viewBox").replaceAll(".* ", ""));
    assertThat(svg.select("text").eachAttr("y"))
        .allSatisfy(y -> assertThat(Double.parseDouble(y)).isLessThan(height));
    assertThat(svg.select("path[d^=M]").eachAttr("style").stream().distinct().count())
        .isGreaterThanOrEqualTo(24);
  }

  @Test
  void everyCategoryIsLabelled() {
    List<String> layers = IntStream.range(0, 26).mapToObj(i -> "fire" + i + "/squeeze").toList();
    double[] values = layers.stream().mapToDouble(l -> .5).toArray();
    Document svg = svg(layers, Line.of("rho", values, Line.Look.of(0)));
    double bottom = Double.parseDouble(svg.select("clipPath rect").attr("height")) + 5;
    assertThat(svg.select("g[transform]").eachAttr("transform"))
        .filteredOn(shift -> Double.parseDouble(shift.replaceAll(".* |\\)", "")) > bottom)
        .hasSize(26 + 1);
  }

  @Test
  void nameIsReadAloudAndEscaped() {
    assertThat(svg(List.of(), line("<b>", 0, 0, 1, 0, 1)).select("svg").attr("aria-label"))
        .isEqualTo("a & b");
    assertThat(svg(List.of(), line("<b>", 0, 0, 1, 0, 1)).select("text").text()).isEqualTo("<b>");
  }
}
