package org.explain4j.reports.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A line of a chart. NaN leaves a gap.
 *
 * @param x abscissa, or empty where the chart has categories
 * @param low lower edge of the band around the line, empty for none
 * @param high upper edge
 */
public record Line(String name, double[] x, double[] y, double[] low, double[] high, Look look) {

  /** Lines that differ by less than this share of all values' range cannot be told apart. */
  private static final double NEARLY = 3e-3;

  /** How a line looks: method number k keeps its look in all charts of a page. */
  public record Look(int color, Dash dash, float width) {
    private static final float NORMAL = 2f;
    private static final List<Dash> DASHES = List.of(Dash.values());

    /** The k-th of several lines: colours first, then dashes. */
    public static Look of(int k) {
      int colors = Palette.SERIES.size();
      return new Look(k % colors, DASHES.get(k / colors % DASHES.size()), NORMAL);
    }

    /**
     * The look of a method, the same in all charts of all reports: a colour for each id.
     *
     * @param k how many lines of the same id have a look already
     */
    public static Look ofMethod(String id, int k) {
      return new Look(Palette.indexOf(id), DASHES.get(k % DASHES.size()), NORMAL);
    }

    /** The baseline against which the others are seen. */
    public static Look reference(Dash dash) {
      return new Look(-1, dash, NORMAL);
    }

    /** Whether it is drawn in ink, without marks. */
    boolean isReference() {
      return color < 0;
    }

    /** As the style of an SVG path. */
    String css() {
      StringBuilder style =
          new StringBuilder("fill:none;stroke:" + Palette.css(rgb()) + ";stroke-width:" + width);
      if (dash.lengths() != null) {
        style.append(";stroke-dasharray:");
        for (float length : dash.lengths()) {
          style.append(length).append(' ');
        }
      }
      return style.toString();
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

  /** Lines of one course as one line with all their names, in the place of the first. */
  static List<Line> joined(List<Line> lines) {
    double low = values(lines).min().orElse(0);
    double nearly = NEARLY * (values(lines).max().orElse(0) - low);
    List<Line> joined = new ArrayList<>();
    for (Line line : lines) {
      int same = 0;
      while (same < joined.size() && !joined.get(same).coincides(line, nearly)) {
        same++;
      }
      if (same < joined.size()) {
        joined.set(same, joined.get(same).named(joined.get(same).name + " = " + line.name));
      } else {
        joined.add(line);
      }
    }
    return List.copyOf(joined);
  }

  private static DoubleStream values(List<Line> lines) {
    return lines.stream().flatMapToDouble(line -> Arrays.stream(line.y)).filter(Double::isFinite);
  }

  private boolean coincides(Line other, double nearly) {
    if (y.length != other.y.length
        || !hasPoints()
        || look.isReference() != other.look.isReference()) {
      return false;
    }
    for (int i = 0; i < y.length; i++) {
      boolean missing = Double.isNaN(y[i]) || Double.isNaN(other.y[i]);
      if (missing
          ? Double.isNaN(y[i]) != Double.isNaN(other.y[i])
          : Math.abs(y[i] - other.y[i]) > nearly) {
        return false;
      }
    }
    return true;
  }

  private Line named(String other) {
    return new Line(other, x, y, low, high, look);
  }

  /** Whether there is anything to draw: XChart refuses a line without points. */
  boolean hasPoints() {
    return y.length > 0 && Arrays.stream(y).anyMatch(Double::isFinite);
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
