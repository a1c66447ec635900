package org.explain4j.reports.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;

/**
 * A line of a chart. NaN leaves a gap.
 *
 * @param x abscissa, or empty where the chart has categories
 * @param low lower edge of the band around the line, empty for none
 * @param high upper edge
 */
public record Line(String name, double[] x, double[] y, double[] low, double[] high, Look look) {

  /** How a line looks: method number k keeps its look in all charts of a page. */
  public record Look(int color, Dash dash, float width) {
    private static final float NORMAL = 2f;
    private static final List<Dash> DASHES = List.of(Dash.values());

    /** The k-th of several lines: colours first, then dashes. */
    public static Look of(int k) {
      int colors = Palette.SERIES.size();
      return new Look(k % colors, DASHES.get(k / colors % DASHES.size()), NORMAL);
    }

    /** Wider the earlier it is drawn, so lines that coincide can all be seen. */
    public Look among(int drawnBefore) {
      return new Look(color, dash, Math.max(1.5f, 5.5f - .9f * drawnBefore));
    }

    /** The baseline against which the others are seen. */
    public static Look reference(Dash dash) {
      return new Look(-1, dash, NORMAL);
    }

    Color rgb() {
      return color < 0 ? Palette.INK : Palette.SERIES.get(color % Palette.SERIES.size());
    }

    BasicStroke stroke() {
      return new BasicStroke(
          width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash.lengths(), 0);
    }
  }

  /** Dash patterns that differ at a glance. */
  public enum Dash {
    SOLID,
    DASHED,
    DOTTED,
    MIXED;

    /** Lengths of strokes and gaps; null for none, as {@link BasicStroke} has it. */
    float[] lengths() {
      return switch (this) {
        case SOLID -> null;
        case DASHED -> new float[] {8, 4};
        case DOTTED -> new float[] {2, 3};
        case MIXED -> new float[] {10, 3, 2, 3};
      };
    }
  }

  /** A line without band over the categories of a chart. */
  public static Line of(String name, double[] y, Look look) {
    return of(name, new double[0], y, look);
  }

  /** A line without band. */
  public static Line of(String name, double[] x, double[] y, Look look) {
    return new Line(name, x, y, new double[0], new double[0], look);
  }
}
