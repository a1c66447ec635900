package org.explain4j.reports.charts;

import java.awt.font.FontRenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.w3c.dom.Element;

/** The legend below a chart, wrapped to its width: XChart's has one row or one column only. */
final class Legend {
  private static final int ROW = 24;
  private static final int SWATCH = 30;
  private static final int GAP = 18;
  private static final int MARGIN = 12;
  private static final int LONGEST = 48;
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private Legend() {}

  /** Appends the legend and returns its height. */
  static int append(Element svg, Chart chart) {
    double x = MARGIN;
    int y = chart.size().height() + ROW / 2;
    for (Line line : chart.lines()) {
      String name =
          line.name().length() <= LONGEST ? line.name() : line.name().substring(0, LONGEST) + "…";
      double width = SWATCH + 6 + Chart.FONT.getStringBounds(name, CONTEXT).getWidth() * 1.03;
      if (x > MARGIN && x + width > chart.size().width() - 4) {
        x = MARGIN;
        y += ROW;
      }
      entry(svg, line, name, x, y, !chart.categories().isEmpty());
      x += width + GAP;
    }
    return y + ROW / 2 + 4 - chart.size().height();
  }

  private static void entry(Element svg, Line line, String name, double x, int y, boolean markers) {
    String color = Palette.css(line.look().rgb());
    Map<String, String> band = new LinkedHashMap<>();
    if (line.low().length > 0) {
      band.put("x", text(x));
      band.put("y", text(y - 7));
      band.put("width", text(SWATCH));
      band.put("height", "14");
      band.put("style", "fill:" + color + ";fill-opacity:.14");
      ThemedSvg.element(svg, "rect", band);
    }
    StringBuilder style =
        new StringBuilder("fill:none;stroke:" + color + ";stroke-width:" + line.look().width());
    if (line.look().dash().lengths() != null) {
      style.append(";stroke-dasharray:");
      for (float length : line.look().dash().lengths()) {
        style.append(length).append(' ');
      }
    }
    ThemedSvg.element(
        svg,
        "path",
        Map.of("d", "M" + text(x) + "," + y + "h" + SWATCH, "style", style.toString()));
    if (markers && line.look().color() >= 0) {
      ThemedSvg.element(
          svg,
          "circle",
          Map.of(
              "cx", text(x + SWATCH / 2.0), "cy", text(y), "r", "3.5", "style", "fill:" + color));
    }
    ThemedSvg.element(
            svg,
            "text",
            Map.of(
                "x",
                text(x + SWATCH + 6),
                "y",
                text(y + 5),
                "style",
                "fill:var(--ink);font:14px 'Liberation Sans',Arial,Helvetica,sans-serif"))
        .setTextContent(name);
  }

  private static String text(double number) {
    return String.valueOf(Math.round(number * 10) / 10.0);
  }
}
