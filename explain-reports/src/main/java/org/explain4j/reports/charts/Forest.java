package org.explain4j.reports.charts;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.w3c.dom.Element;

/**
 * Means with their intervals, a row for each, under the headings of their groups.
 *
 * @param name says what is to be seen, for readers who do not see it
 * @param title of the axis of values
 * @param rows from the top; those without a mean are headings
 * @param reference where a dotted line is drawn, and its name
 */
public record Forest(String name, String title, List<Row> rows, Reference reference) {
  private static final int ROW = 19;
  private static final int WIDTH = 310;
  private static final int LABELS = 225;
  private static final int RADIUS = 4;
  private static final int INDENT = 10;
  private static final int BELOW = 44;

  /** A number at the right end reaches beyond it. */
  private static final int HALF_NUMBER = 24;

  public Forest {
    rows = List.copyOf(rows);
  }

  /** A value that the others are seen against; NaN for none. */
  public record Reference(String name, double value) {}

  /**
   * A row.
   *
   * @param mean empty for a heading
   */
  public record Row(String label, OptionalDouble mean, double low, double high, Line.Look look) {
    /** A heading. */
    public static Row heading(String label) {
      return new Row(
          label,
          OptionalDouble.empty(),
          Double.NaN,
          Double.NaN,
          Line.Look.reference(Line.Dash.SOLID));
    }
  }

  /** The chart as an SVG element, to be embedded in a page. */
  public String svg() {
    Chart.Axis x = Chart.Axis.of(title);
    for (Row row : rows) {
      for (double value : new double[] {row.mean().orElse(Double.NaN), row.low(), row.high()}) {
        x = Double.isNaN(value) ? x : x.including(value, value);
      }
    }
    x = Double.isNaN(reference.value()) ? x : x.including(reference.value(), reference.value());
    double margin = Double.isNaN(x.min()) ? 0 : .03 * (x.max() - x.min());
    Chart.Axis wide = new Chart.Axis(title, x.min() - margin, x.max() + margin);
    Chart.Size size = new Chart.Size(WIDTH, ROW * rows.size() + BELOW);
    return new Chart(name, wide, Chart.NONE, List.of(), List.of(), size).svg(this::append);
  }

  private Chart.Extent append(Element svg, Painted painted) {
    AxisLabels.numbers(svg, painted);
    double height = painted.bottom() - painted.top();
    if (!Double.isNaN(reference.value())) {
      double x = painted.x(reference.value());
      line(svg, x, painted.top(), x, painted.bottom(), "stroke:var(--ink);stroke-dasharray:2 3");
    }
    for (int i = 0; i < rows.size(); i++) {
      row(svg, painted, rows.get(i), painted.top() + height * (i + .5) / rows.size());
    }
    return new Chart.Extent(LABELS, LABELS + WIDTH + HALF_NUMBER, painted.chart().size().height());
  }

  private static void row(Element svg, Painted painted, Row row, double y) {
    boolean heading = row.mean().isEmpty();
    int indent = heading ? 0 : INDENT;
    String label = Words.fitted(row.label(), LABELS - indent - 4);
    double left = painted.left() - LABELS + indent;
    if (heading) {
      Words.heading(svg, label, left, y + 4.5);
      return;
    }
    Words.name(svg, label, left, y + 4.5);
    String colour = Palette.css(row.look().rgb());
    if (Double.isFinite(row.low()) && Double.isFinite(row.high())) {
      String stroke = "stroke:" + colour + ";stroke-width:2";
      line(svg, painted.x(row.low()), y, painted.x(row.high()), y, stroke);
    }
    ThemedSvg.element(
        svg,
        "circle",
        Map.of(
            "cx", Words.coordinate(painted.x(row.mean().getAsDouble())),
            "cy", Words.coordinate(y),
            "r", Integer.toString(RADIUS),
            "style", "fill:" + colour));
  }

  private static void line(Element svg, double x, double y, double x2, double y2, String style) {
    String path =
        "M"
            + Words.coordinate(x)
            + ","
            + Words.coordinate(y)
            + "L"
            + Words.coordinate(x2)
            + ","
            + Words.coordinate(y2);
    ThemedSvg.element(svg, "path", Map.of("d", path, "style", "fill:none;" + style));
  }
}
