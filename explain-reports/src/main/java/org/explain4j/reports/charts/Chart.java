package org.explain4j.reports.charts;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.explain4j.reports.pictures.BundledFont;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Element;

/**
 * A line chart, drawn by XChart as SVG whose colours are those of the page. XChart draws text as
 * outlines, so the words are ours: XChart makes room for those at the axes, and says where its
 * ticks are. Each line is named at its right end.
 *
 * @param name says what is to be seen, for readers who do not see it
 * @param categories labels of the values of every line; empty if lines have abscissas
 */
public record Chart(
    String name, Axis x, Axis y, List<String> categories, List<Line> lines, Size size) {
  private static final int BAND_ALPHA = 36;
  private static final int NUMBERS = 11;

  /** Lines that coincide are drawn as one, with all their names. */
  public Chart {
    categories = List.copyOf(categories);
    lines = Line.joined(lines);
  }

  /** An axis that is not drawn. */
  static final Axis NONE = new Axis("", 0, 1);

  /** An axis: its title and limits, NaN for those of the data. */
  public record Axis(String title, double min, double max) {
    /** With the limits of the data. */
    public static Axis of(String title) {
      return new Axis(title, Double.NaN, Double.NaN);
    }

    /** At least these limits, more if the values need it. */
    public Axis including(double low, double high) {
      return new Axis(
          title,
          Double.isNaN(min) ? low : Math.min(min, low),
          Double.isNaN(max) ? high : Math.max(max, high));
    }
  }

  /** Width and height of axes and plot, without the names of the lines, in CSS pixels. */
  public record Size(int width, int height) {
    /** One of two side by side. */
    public static final Size PANEL = new Size(400, 330);

    /** One that fills the width of the page. */
    public static final Size WIDE = new Size(640, 380);

    /** As wide as this many slanted labels need, but at least as wide as the page. */
    public static Size forLabels(int count) {
      return new Size(Math.max(WIDE.width(), 60 + 22 * count), WIDE.height());
    }

    /** Both axes have the same scale. */
    public static final Size SQUARE = new Size(285, 270);
  }

  /** What is drawn beside XChart's axes and lines. */
  @FunctionalInterface
  interface Overlay {
    /** Draws, and says what of the plane is to be seen. */
    Extent append(Element svg, Painted painted);
  }

  /**
   * The part of the plane that a chart takes.
   *
   * @param left what is added on the left of XChart's drawing
   * @param width of all
   */
  record Extent(int left, int width, int height) {}

  /** The chart as an SVG element, to be embedded in a page. */
  public String svg() {
    return svg(
        (svg, painted) -> {
          int labels = AxisLabels.append(svg, painted);
          Whiskers.append(svg, painted);
          EndLabels.Extent names = EndLabels.append(svg, painted);
          return new Extent(
              0,
              size.width() + Math.max(0, names.width()),
              Math.max(size.height() + labels, names.bottom()));
        });
  }

  String svg(Overlay overlay) {
    XYChart chart = new XYChartBuilder().width(size.width()).height(size.height()).build();
    Painted painted = new Painted(this, chart, new ArrayList<>(), new ArrayList<>());
    style(chart);
    limit(chart.getStyler());
    chart.setCustomXAxisTickLabelsFormatter(value -> noted(painted.xAsked(), value));
    chart.setCustomYAxisTickLabelsFormatter(value -> noted(painted.yAsked(), value));
    draw(chart);
    VectorGraphics2D drawing = new VectorGraphics2D();
    chart.paint(drawing, size.width(), size.height());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(drawing.getCommands(), new PageSize(size.width(), size.height()))
          .writeTo(out);
      return ThemedSvg.of(out.toByteArray(), painted, overlay);
    } catch (IOException e) {
      throw new UncheckedIOException("The chart '" + name + "' cannot be drawn", e);
    }
  }

  private static String noted(List<Double> asked, double value) {
    asked.add(value);
    return Words.number(value);
  }

  /** The abscissas of a line: its own, or the numbers of the categories. */
  double[] abscissas(Line line) {
    return categories.isEmpty()
        ? line.x()
        : IntStream.range(0, line.y().length).asDoubleStream().toArray();
  }

  private void draw(XYChart chart) {
    List<Line> drawn = lines.stream().filter(Line::hasPoints).toList();
    if (categories.isEmpty()) {
      drawn.stream().filter(line -> line.low().length > 0).forEach(line -> band(chart, line));
    }
    for (Line line : drawn) {
      XYSeries series = chart.addSeries(line.name(), abscissas(line), line.y());
      series.setMarkerColor(line.look().rgb());
      series.setLineColor(line.look().rgb());
      series.setLineStyle(line.look().stroke());
      series.setLineWidth(line.look().width());
      boolean marked = !categories.isEmpty() && !line.look().isReference();
      series.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    drawn.stream()
        .filter(line -> line.x().length > NUMBERS)
        .findFirst()
        .ifPresent(line -> roundTicks(chart, line.x(), line.y()[0]));
    if (drawn.isEmpty()) { // XChart refuses to draw axes alone
      hidden(chart, "(nothing)", new double[] {0, 1}, 0, 0);
    }
  }

  /**
   * XChart puts its labels at data values if these are equally spaced, at every sixth of a hundred,
   * say; an extra value between them, which is not drawn, makes it choose round numbers.
   */
  private static void roundTicks(XYChart chart, double[] x, double y) {
    hidden(chart, "(ticks)", new double[] {x[0], x[0] + (x[1] - x[0]) / Math.E}, y, y);
  }

  private static void hidden(XYChart chart, String name, double[] x, double... y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineStyle(SeriesLines.NONE);
    series.setLineColor(Palette.NOTHING);
    series.setMarker(SeriesMarkers.NONE);
  }

  private static void band(XYChart chart, Line line) {
    int n = line.x().length;
    int[] there =
        IntStream.range(0, n)
            .filter(i -> !Double.isNaN(line.low()[i]) && !Double.isNaN(line.high()[i]))
            .toArray();
    if (there.length == 0) {
      return;
    }
    double[] x = new double[2 * there.length];
    double[] y = new double[2 * there.length];
    for (int i = 0; i < there.length; i++) {
      x[i] = line.x()[there[i]];
      y[i] = line.low()[there[i]];
      x[x.length - 1 - i] = x[i];
      y[y.length - 1 - i] = line.high()[there[i]];
    }
    XYSeries series = chart.addSeries(line.name() + " (band)", x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    Color color = line.look().rgb();
    series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND_ALPHA));
    series.setLineColor(Palette.NOTHING);
    series.setMarker(SeriesMarkers.NONE);
  }

  private void style(XYChart chart) {
    chart.setXAxisTitle(x.title());
    chart.setYAxisTitle(y.title());
    XYStyler style = chart.getStyler();
    Font font = BundledFont.get();
    style.setBaseFont(font);
    style.setAxisTitleFont(font);
    style.setAxisTickLabelsFont(font.deriveFont(font.getSize2D() - 1));
    style.setChartFontColor(Palette.OUTLINES);
    style.setAxisTickLabelsColor(Palette.OUTLINES);
    style.setAxisTickMarksColor(Palette.INK);
    style.setChartBackgroundColor(Palette.NOTHING);
    style.setPlotBackgroundColor(Palette.NOTHING);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(Palette.GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotGridVerticalLinesVisible(false);
    style.setAxisTicksLineVisible(true);
    style.setLegendVisible(false);
    style.setChartTitleVisible(false);
    style.setMarkerSize(7);
    style.setPlotMargin(0);
    style.setPlotContentSize(1);
    style.setYAxisTickMarkSpacingHint(36);
    style.setChartPadding(8);
    style.setLocale(Locale.ROOT);
    style.setXAxisTicksVisible(categories.isEmpty());
    style.setYAxisTicksVisible(!y.equals(NONE));
    style.setPlotGridHorizontalLinesVisible(!y.equals(NONE));
  }

  private void limit(XYStyler style) {
    Axis across = categories.isEmpty() ? x : new Axis("", -.5, categories.size() - .5);
    Axis up = y;
    for (Line line : lines) {
      across = categories.isEmpty() ? within(across, x, line.x()) : across;
      up = within(within(within(up, y, line.y()), y, line.low()), y, line.high());
    }
    style.setXAxisMin(lower(across)).setXAxisMax(upper(across));
    style.setYAxisMin(lower(up)).setYAxisMax(upper(up));
  }

  /** Limits that were given stay. */
  private static Axis within(Axis axis, Axis given, double... values) {
    Axis all = axis;
    for (double value : values) {
      if (Double.isNaN(given.min()) && Double.isFinite(value)) {
        all = all.including(value, value);
      }
    }
    return all;
  }

  private static double lower(Axis axis) {
    return Double.isNaN(axis.min()) ? 0 : axis.min() - margin(axis);
  }

  private static double upper(Axis axis) {
    return Double.isNaN(axis.max()) ? 1 : axis.max() + margin(axis);
  }

  /** Around values that are all the same: a tenth of their size, so that they are in the middle. */
  private static double margin(Axis axis) {
    double most = Math.max(Math.abs(axis.min()), Math.abs(axis.max()));
    return axis.max() - axis.min() > 1e-9 * most ? 0 : Math.max(1e-6, most / 10);
  }
}
