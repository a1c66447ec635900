package org.explain4j.reports.charts;

import java.awt.Color;
import java.util.List;
import java.util.Map;

/**
 * Okabe and Ito's colours, which colour-blind readers can tell apart. The page defines each as a
 * CSS variable, a little lighter in dark mode.
 */
final class Palette {
  static final Color INK = new Color(0x112233);
  static final Color GRID = new Color(0x112234);
  static final Color NOTHING = new Color(0x112235);

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

  private Palette() {}

  /** The CSS colour that stands for a colour drawn. */
  static String css(Color color) {
    return VARIABLES.getOrDefault(
        color, "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")");
  }
}
