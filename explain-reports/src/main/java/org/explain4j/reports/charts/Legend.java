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
      double length = BundledFont.get().getStringBounds(name, CONTEXT).getWidth();
      double width = SWATCH + 6 + length;
      if (x > MARGIN && x + width > chart.size().width() - 4) {
        x = MARGIN;
        y += ROW;
      }
      entry(svg, line, x, y, !chart.categories().isEmpty());
      label(svg, name, x + SWATCH + 6, y, length);
      x += width + GAP;
    }
    return y + ROW / 2 + 4 - chart.size().height();
  }

  private static void entry(Element svg, Line line, double x, int y, boolean markers) {
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
  }

  /** A name, forced to its measured length: the reader's font may be wider and would overrun. */
  private static void label(Element svg, String name, double x, int y, double length) {
    Map<String, String> place = new LinkedHashMap<>();
    place.put("x", text(x));
    place.put("y", text(y + 5));
    place.put("textLength", text(length));
    place.put("lengthAdjust", "spacingAndGlyphs");
    place.put("style", "fill:var(--ink);font:14px 'Liberation Sans',Arial,Helvetica,sans-serif");
    ThemedSvg.element(svg, "text", place).setTextContent(name);
  }

  private static String text(double number) {
    return String.valueOf(Math.round(number * 10) / 10.0);
  }
}
