package org.explain4j.reports.page;

import java.util.Locale;

/**
 * How strongly the cells of a column are shaded, by their numbers.
 *
 * @param none the number without shading; numbers beyond it have none either
 * @param full the number with the strongest; NaN for a column that is not shaded
 */
public record Shade(double none, double full) {
  /** No shading. */
  public static final Shade NONE = new Shade(Double.NaN, Double.NaN);

  /** The text is read on it, in light and dark. */
  private static final double STRONGEST = 45;

  /** The share of colour in a cell's background, as CSS; empty for none. */
  public String of(String text) {
    if (Double.isNaN(full) || none == full || !text.matches("-?[\\d.]+")) {
      return "";
    }
    double share = (Double.parseDouble(text) - none) / (full - none);
    double percent = STRONGEST * Math.max(0, Math.min(1, share));
    return percent < .5 ? "" : String.format(Locale.ROOT, "--shade: %.0f%%", percent);
  }
}
