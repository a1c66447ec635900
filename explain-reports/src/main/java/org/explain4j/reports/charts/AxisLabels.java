package org.explain4j.reports.charts;

import org.w3c.dom.Element;

/** Numbers, categories and titles at the axes, and intervals over categories. */
final class AxisLabels {
  private static final int SLANT = 55;

  private AxisLabels() {}

  /** Returns the height that the labels need below what XChart has drawn. */
  static int append(Element svg, Painted painted) {
    Chart chart = painted.chart();
    for (double tick : painted.yTicks()) {
      double y = painted.y(tick) + 4.5;
      Words.write(svg, Words.number(tick), painted.left() - 7, y, "end", 0);
    }
    double middle = (painted.top() + painted.bottom()) / 2;
    if (!chart.y().title().isEmpty()) {
      Words.write(svg, chart.y().title(), 16, middle, "middle", -90);
    }
    if (chart.categories().isEmpty()) {
      numbers(svg, painted);
      return 0;
    }
    return categories(svg, painted);
  }

  static void numbers(Element svg, Painted painted) {
    for (double tick : painted.xTicks()) {
      double x = painted.x(tick);
      Words.write(svg, Words.number(tick), x, painted.bottom() + 19, "middle", 0);
    }
    double middle = (painted.left() + painted.right()) / 2;
    if (!painted.chart().x().title().isEmpty()) {
      int below = painted.chart().size().height() - 7;
      Words.write(svg, painted.chart().x().title(), middle, below, "middle", 0);
    }
  }

  private static int categories(Element svg, Painted painted) {
    Chart chart = painted.chart();
    double room = (painted.right() - painted.left()) / chart.categories().size();
    double longest = chart.categories().stream().mapToDouble(Words::width).max().orElse(0);
    boolean slanted = longest + 6 > room;
    for (int i = 0; i < chart.categories().size(); i++) {
      Words.write(
          svg,
          chart.categories().get(i),
          painted.x(i) + (slanted ? 4 : 0),
          painted.bottom() + (slanted ? 12 : 19),
          slanted ? "end" : "middle",
          slanted ? -SLANT : 0);
    }
    double height = slanted ? longest * Math.sin(Math.toRadians(SLANT)) + 12 : 18;
    if (!chart.x().title().isEmpty()) {
      double middle = (painted.left() + painted.right()) / 2;
      height += Words.LINE + 4;
      Words.write(svg, chart.x().title(), middle, painted.bottom() + height, "middle", 0);
    }
    return (int) Math.ceil(height);
  }
}
