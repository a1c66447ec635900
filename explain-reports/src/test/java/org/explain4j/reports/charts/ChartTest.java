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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(svg.outerHtml()).doesNotContain("rgb(17,34,5").contains("stroke:var(--ink)");
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
    assertThat(labelsBelow(svg)).hasSizeBetween(4, 12);
    assertThat(names(svg)).containsExactly("long");
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
            .mapToObj(k -> line("method-with-a-name-" + k, k, 0, .1, .2, k / 24.0))
            .toArray(Line[]::new);
    Document svg = svg(List.of(), lines);
    assertThat(names(svg)).hasSize(24);
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
    assertThat(svg.select("text").eachText()).containsAll(layers);
  }

  @Test
  void aLongSlantedLabelStaysInsideTheChartWhateverTheReadersFont() {
    String longest = "fire5_expand1x1: 127 of 128";
    Document svg = svg(List.of(longest, "b", "c", "d"), line("rho", 0, 0, 1, 0, 1));
    Element label =
        svg.select("text").stream().filter(t -> t.text().equals(longest)).findFirst().orElseThrow();
    assertThat(label.attr("transform")).startsWith("rotate(-55");
    double width = Double.parseDouble(label.attr("textLength"));
    double lowest = Double.parseDouble(label.attr("y")) + width * Math.sin(Math.toRadians(55));
    String[] box = svg.select("svg").first().attr("viewBox").split(" ", -1);
    assertThat(lowest).isLessThan(Double.parseDouble(box[3]));
  }

  /** A network of one layer, a toy with one angle: XChart refuses to label a single category. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 60})
  void anyNumberOfCategoriesIsDrawnWithALabelEach(int count) {
    List<String> layers = IntStream.range(0, count).mapToObj(i -> "layer" + i).toList();
    double[] y = IntStream.range(0, count).mapToDouble(i -> .3 + i % 2 * .2).toArray();
    double[] low = Arrays.stream(y).map(v -> v - .1).toArray();
    double[] high = Arrays.stream(y).map(v -> v + .1).toArray();
    Document svg =
        svg(
            layers,
            Line.of("no band", y, Line.Look.of(0)),
            new Line("band", new double[0], y, low, high, Line.Look.of(1)),
            Line.of("floor", y, Line.Look.reference(Line.Dash.DOTTED)));
    assertThat(svg.select("text").eachText()).containsAll(layers);
    assertThat(names(svg)).hasSize(count == 0 ? 3 : 2); // lines of one course are joined
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 60})
  void anyNumberOfPointsIsDrawn(int count) {
    double[] x = IntStream.range(0, count).asDoubleStream().toArray();
    double[] y = Arrays.stream(x).map(v -> v / 60).toArray();
    Document svg =
        svg(
            List.of(),
            Line.of("no band", x, y, Line.Look.of(0)),
            new Line("band", x, y, y, y, Line.Look.of(1)));
    assertThat(String.join(" ", names(svg))).contains("no band", "band");
    assertThat(svg.select("[style*=blue]")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 60})
  void anyNumberOfLinesIsNamedInTheLegend(int count) {
    Line[] lines =
        IntStream.range(0, count)
            .mapToObj(k -> line("m" + k, k, 0, .1, .2, k / 60.0))
            .toArray(Line[]::new);
    assertThat(names(svg(List.of(), lines))).hasSize(count);
    Line[] categories =
        IntStream.range(0, count)
            .mapToObj(k -> Line.of("m" + k, new double[] {k / 60.0}, Line.Look.of(k)))
            .toArray(Line[]::new);
    assertThat(names(svg(List.of("only"), categories))).hasSize(count);
  }

  @Test
  void valuesThatAreAllMissingLeaveAnEmptyChart() {
    double[] none = {Double.NaN};
    assertThat(
            svg(List.of("only"), Line.of("n/a", none, Line.Look.of(0)))
                .select("text[textLength]:not([transform])")
                .text())
        .isEqualTo("n/a");
    assertThat(
            svg(List.of("only"), new Line("n/a", none, none, none, none, Line.Look.of(0)))
                .select("text[textLength]:not([transform])")
                .text())
        .isEqualTo("n/a");
    assertThat(
            svg(List.of(), Line.of("n/a", none, none, Line.Look.of(0)))
                .select("text[textLength]:not([transform])")
                .text())
        .isEqualTo("n/a");
  }

  /** The first lines of the names at the ends of lines. */
  private static List<String> names(Document svg) {
    return svg.select("text[textLength]:not([transform])").eachText();
  }

  @Test
  void aConstantIsDrawnInTheMiddleOfAnAxisOfItsSize() {
    double[] same = {.001, .001, .001, .001};
    Chart chart =
        new Chart(
            "constant",
            Chart.Axis.of("x"),
            Chart.Axis.of("y"),
            List.of(),
            List.of(Line.of("same", X, same, Line.Look.of(0))),
            Chart.Size.PANEL);
    Document svg = Jsoup.parse(chart.svg(), "", Parser.xmlParser());
    assertThat(svg.select("text").eachText()).contains("0.0009", "0.001", "0.0011");
  }

  /** Numbers below the plot. */
  private static List<String> labelsBelow(Document svg) {
    double bottom = Double.parseDouble(svg.select("clipPath rect").attr("height")) + 5;
    return svg.select("text[text-anchor=middle]:not([transform])").stream()
        .filter(text -> Double.parseDouble(text.attr("y")) > bottom)
        .map(Element::text)
        .toList();
  }

  @Test
  void nameIsReadAloudAndEscaped() {
    assertThat(svg(List.of(), line("<b>", 0, 0, 1, 0, 1)).select("svg").attr("aria-label"))
        .isEqualTo("a & b");
    assertThat(
            svg(List.of(), line("<b>", 0, 0, 1, 0, 1))
                .select("text[textLength]:not([transform])")
                .text())
        .isEqualTo("<b>");
  }
}
