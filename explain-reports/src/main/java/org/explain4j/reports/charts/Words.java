package org.explain4j.reports.charts;

import java.awt.font.FontRenderContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.reports.pictures.BundledFont;
import org.w3c.dom.Element;

/** Text in a chart: text that can be selected and searched, in the font of the page. */
final class Words {
  /** The height of a line, in CSS pixels. */
  static final int LINE = 15;

  /** The size that the page's style gives to text in charts. */
  private static final double SIZE = 13;

  private static final int MOST_LINES = 4;
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private Words() {}

  /** A number at a tick: no more digits than it needs. */
  static String number(double value) {
    String text =
        new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    return (text.equals("-0") ? "0" : text).replace('-', '\u2212');
  }

  /** The width that a text takes, in CSS pixels. */
  static double width(String text) {
    double drawn = BundledFont.get().getStringBounds(text, CONTEXT).getWidth();
    return drawn * SIZE / BundledFont.get().getSize2D();
  }

  /**
   * Writes a short text, such as a number at an axis. One that is turned is forced to its measured
   * width, as in {@link #name}: there is no more room.
   *
   * @param anchor {@code middle} or {@code end}: what of it stands at x
   * @param turned by so many degrees around its anchor
   */
  static void write(Element svg, String text, double x, double y, String anchor, int turned) {
    Map<String, String> place = at(x, y);
    place.put("text-anchor", anchor);
    if (turned != 0) {
      place.putAll(forced(text));
      place.put("transform", "rotate(" + turned + " " + coordinate(x) + " " + coordinate(y) + ")");
    }
    ThemedSvg.element(svg, "text", place).setTextContent(text);
  }

  /** Writes a name, forced to its measured width: the reader's font may be wider. */
  static void name(Element svg, String text, double x, double y) {
    Map<String, String> place = at(x, y);
    place.putAll(forced(text));
    ThemedSvg.element(svg, "text", place).setTextContent(text);
  }

  private static Map<String, String> forced(String text) {
    Map<String, String> forced = new LinkedHashMap<>();
    forced.put("textLength", coordinate(width(text)));
    forced.put("lengthAdjust", "spacingAndGlyphs");
    return forced;
  }

  /** Writes a heading. */
  static void heading(Element svg, String text, double x, double y) {
    Map<String, String> place = at(x, y);
    place.put("style", "font-weight:600");
    ThemedSvg.element(svg, "text", place).setTextContent(text);
  }

  private static Map<String, String> at(double x, double y) {
    Map<String, String> place = new LinkedHashMap<>();
    place.put("x", coordinate(x));
    place.put("y", coordinate(y));
    return place;
  }

  /** The lines of a text that is no wider than this where it can be broken; at most four. */
  static List<String> wrapped(String text, double widest) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word :
        text.split("(?<=[ =])|(?<=[a-z0-9]-)(?=\\w{3})|(?<=[a-z0-9…][./_])(?=[a-z…])", -1)) {
      if (line.length() > 0 && width((line + word).strip()) > widest) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(word);
    }
    lines.add(line.toString().strip());
    List<String> shown = new ArrayList<>();
    for (String each : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      shown.add(fitted(each, widest));
    }
    if (lines.size() > MOST_LINES) {
      shown.set(MOST_LINES - 1, shown.get(MOST_LINES - 1) + " …");
    }
    return shown;
  }

  /** As much of a text as fits. */
  static String fitted(String line, double widest) {
    String shown = line;
    while (width(shown) > widest && shown.length() > 2) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    return shown;
  }

  /** A coordinate with one decimal at most. */
  static String coordinate(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.valueOf(Math.round(number * 10) / 10.0);
  }
}
