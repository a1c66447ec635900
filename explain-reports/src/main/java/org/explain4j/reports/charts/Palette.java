package org.explain4j.reports.charts;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Okabe and Ito's colours, which colour-blind readers can tell apart. The page defines each as a
 * CSS variable: the light ones darker, so that they stand out from white three to one, and all of
 * them lighter in dark mode.
 */
public final class Palette {
  static final Color INK = new Color(0x112233);
  static final Color GRID = new Color(0x112234);
  static final Color NOTHING = new Color(0x112235);

  /** Of XChart's words, which are outlines and are replaced by text. */
  static final Color OUTLINES = new Color(0x112236);

  /** Without yellow, which is lost on white, and black, which is the ink. */
  static final List<Color> SERIES =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9));

  private static final Map<Color, String> VARIABLES =
      Map.of(
          INK,
          "var(--ink)",
          GRID,
          "var(--grid)",
          NOTHING,
          "none",
          SERIES.get(0),
          "var(--blue)",
          SERIES.get(1),
          "var(--vermillion)",
          SERIES.get(2),
          "var(--green)",
          SERIES.get(3),
          "var(--purple)",
          SERIES.get(4),
          "var(--orange)",
          SERIES.get(5),
          "var(--sky)");

  /** Methods that often stand in one chart; each has the same colour in all charts of all runs. */
  private static final Map<String, Integer> METHODS =
      Map.ofEntries(
          Map.entry("gradient", 0),
          Map.entry("gradient-x-input", 0),
          Map.entry("deconvnet", 0),
          Map.entry("filter", 0),
          Map.entry("guided-backprop", 1),
          Map.entry("lrp-0", 1),
          Map.entry("linear", 1),
          Map.entry("pattern-net", 2),
          Map.entry("pattern-attribution", 2),
          Map.entry("two-component", 2),
          Map.entry("integrated-gradients", 3),
          Map.entry("identity", 3),
          Map.entry("lrp-epsilon", 4),
          Map.entry("deep-taylor", 5),
          Map.entry("smooth-grad", 4));

  /** What the page's variables stand for on paper, as its style for print has it. */
  private static final Map<String, String> PRINT =
      Map.of(
          "ink", "#000000",
          "grid", "#dddddd",
          "blue", "#0072b2",
          "vermillion", "#d55e00",
          "green", "#009e73",
          "purple", "#c0619a",
          "orange", "#b27800",
          "sky", "#2f96d0");

  private static final Pattern VARIABLE = Pattern.compile("var\\(--([a-z]+)\\)");

  private Palette() {}

  /** A drawing of the page with the colours of print instead of the page's variables. */
  public static String printed(String svg) {
    return VARIABLE.matcher(svg).replaceAll(m -> PRINT.get(m.group(1)));
  }

  /** The number of a method's colour; -1, the ink, for a random one. */
  static int indexOf(String id) {
    return id.equals("random")
        ? -1
        : METHODS.getOrDefault(id, Math.floorMod(id.hashCode(), SERIES.size()));
  }

  /** The CSS colour that stands for a colour drawn. */
  static String css(Color color) {
    return VARIABLES.getOrDefault(
        color, "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")");
  }
}
