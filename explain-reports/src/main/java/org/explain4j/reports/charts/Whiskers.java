package org.explain4j.reports.charts;

import java.util.Map;
import org.w3c.dom.Element;

/** Intervals over categories: XChart's error bars are symmetric, these end where they end. */
final class Whiskers {
  private static final int HALF = 3;

  private Whiskers() {}

  static void append(Element svg, Painted painted) {
    if (painted.chart().categories().isEmpty()) {
      return;
    }
    for (Line line : painted.chart().lines()) {
      StringBuilder path = new StringBuilder();
      for (int i = 0; i < line.low().length; i++) {
        if (Double.isFinite(line.low()[i]) && Double.isFinite(line.high()[i])) {
          double x = painted.x(i);
          double low = painted.y(line.low()[i]);
          double high = painted.y(line.high()[i]);
          path.append(across(x, low)).append(across(x, high));
          path.append("M").append(Words.coordinate(x)).append(",").append(Words.coordinate(low));
          path.append("V").append(Words.coordinate(high));
        }
      }
      if (path.length() > 0) {
        String style = "fill:none;stroke:" + Palette.css(line.look().rgb()) + ";stroke-width:1.2";
        ThemedSvg.element(svg, "path", Map.of("d", path.toString(), "style", style));
      }
    }
  }

  private static String across(double x, double y) {
    return "M" + Words.coordinate(x - HALF) + "," + Words.coordinate(y) + "h" + 2 * HALF;
  }
}
