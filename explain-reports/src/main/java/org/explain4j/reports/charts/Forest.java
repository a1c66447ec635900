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
  private static final int WIDTH = 250;

  /** A line of a label: with the plot it fits on a phone. */
  private static final int WIDEST = 140;

  /** Fewer rows get the room of as many: below that the library draws no plot. */
  private static final int FEWEST = 6;

  private static final int GAP = 4;
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
    Chart.Size size = new Chart.Size(WIDTH, Math.max(FEWEST * ROW, height(rows.size())) + BELOW);
    return new Chart(name, wide, Chart.NONE, List.of(), List.of(), size).svg(this::append);
  }

  /** Of the first rows. */
  private int height(int first) {
    return rows.subList(0, first).stream()
        .mapToInt(row -> ROW + Words.LINE * (label(row).size() - 1))
        .sum();
  }

  private static List<String> label(Row row) {
    return isHeading(row) ? List.of(row.label()) : Words.wrapped(row.label(), WIDEST);
  }

  private static boolean isHeading(Row row) {
    return row.mean().isEmpty();
  }

  /** What the labels take beside the plot; headings reach into it, where their rows are empty. */
  private int labels() {
    double widest =
        rows.stream()
            .filter(row -> !isHeading(row))
            .flatMap(row -> label(row).stream())
            .mapToDouble(Words::width)
            .max()
            .orElse(0);
    return INDENT + (int) Math.ceil(widest);
  }

  private Chart.Extent append(Element svg, Painted painted) {
    AxisLabels.numbers(svg, painted);
    if (!Double.isNaN(reference.value())) {
      double x = painted.x(reference.value());
      line(svg, x, painted.top(), x, painted.bottom(), "stroke:var(--ink);stroke-dasharray:2 3");
    }
    int labels = labels();
    double stretch = (painted.bottom() - painted.top()) / height(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      double middle = painted.top() + stretch * (height(i) + height(i + 1)) / 2;
      row(svg, painted, rows.get(i), labels, middle);
    }
    return new Chart.Extent(labels, labels + WIDTH + HALF_NUMBER, painted.chart().size().height());
  }

  private static void row(Element svg, Painted painted, Row row, int labels, double y) {
    double left = painted.left() - labels - GAP;
    if (isHeading(row)) {
      Words.heading(svg, row.label(), left, y + 4.5);
      return;
    }
    List<String> lines = label(row);
    double base = y + 4.5 - Words.LINE * (lines.size() - 1) / 2.0;
    for (String words : lines) {
      Words.name(svg, words, left + INDENT, base);
      base += Words.LINE;
    }
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
