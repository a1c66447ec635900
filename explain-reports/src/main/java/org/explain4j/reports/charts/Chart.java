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
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line chart, drawn by XChart.
 *
 * @param name what screen readers say in its place
 * @param categories of the abscissa, or empty for numbers
 * @param x limits of the abscissa; NaN: those of the data
 * @param y limits of the ordinate
 */
public record Chart(
    String name, Axis x, Axis y, List<String> categories, List<Line> lines, Size size) {
  private static final int BAND_ALPHA = 36;
  private static final int LABEL_LETTER = 10;
  private static final int NUMBERS = 11;

  public Chart {
    categories = List.copyOf(categories);
    lines = List.copyOf(lines);
  }

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

  /** Width and height of axes and plot, without the legend, in CSS pixels. */
  public record Size(int width, int height) {
    /** One of several side by side, which a phone shows as wide as its screen. */
    public static final Size PANEL = new Size(384, 310);

    /** One that fills the width of the page. */
    public static final Size WIDE = new Size(720, 380);

    /** As wide as this many slanted labels need, but at least as wide as the page. */
    public static Size forLabels(int count) {
      return new Size(Math.max(WIDE.width(), 60 + 22 * count), WIDE.height());
    }

    /** Both axes have the same scale. */
    public static final Size SQUARE = new Size(285, 270);
  }

  /** The chart as an SVG element, to be embedded in a page. */
  public String svg() {
    VectorGraphics2D drawing = new VectorGraphics2D();
    (categories.isEmpty() ? overNumbers() : overCategories())
        .paint(drawing, size.width(), size.height());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(drawing.getCommands(), new PageSize(size.width(), size.height()))
          .writeTo(out);
      return ThemedSvg.of(out.toByteArray(), this);
    } catch (IOException e) {
      throw new UncheckedIOException("The chart '" + name + "' cannot be drawn", e);
    }
  }

  private XYChart overNumbers() {
    XYChart chart = new XYChartBuilder().width(size.width()).height(size.height()).build();
    style(chart);
    limit(chart.getStyler());
    List<Line> drawn = drawn();
    for (Line line : drawn) {
      if (line.low().length > 0) {
        band(chart, line);
      }
    }
    for (Line line : drawn) {
      XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
      style(series, line);
      series.setMarker(SeriesMarkers.NONE);
    }
    drawn.stream()
        .filter(line -> line.x().length > NUMBERS)
        .findFirst()
        .ifPresent(line -> roundTicks(chart, line.x(), line.y()[0]));
    return chart;
  }

  /** XChart rejects a line without points; such a line is in the legend only. */
  private List<Line> drawn() {
    return lines.stream().filter(line -> line.y().length > 0).toList();
  }

  /**
   * XChart puts its labels at data values if these are equally spaced, at every sixth of a hundred,
   * say; an extra value between them, which is not drawn, makes it choose round numbers.
   */
  private static void roundTicks(XYChart chart, double[] x, double y) {
    double[] between = {x[0], x[0] + (x[1] - x[0]) / Math.E};
    XYSeries series = chart.addSeries("(ticks)", between, new double[] {y, y});
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

  private CategoryChart overCategories() {
    CategoryChart chart =
        new CategoryChartBuilder().width(size.width()).height(size.height()).build();
    style(chart);
    limit(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Line);
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setErrorBarsColorSeriesColor(true);
    if (categories.size() > 1) { // XChart rejects the setting for a single category
      chart.getStyler().setXAxisMaxLabelCount(categories.size());
    }
    int letters = categories.stream().mapToInt(String::length).sum();
    if (letters > size.width() / LABEL_LETTER) {
      chart.getStyler().setXAxisLabelRotation(60);
      chart.getStyler().setXAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    }
    for (Line line : drawn()) {
      List<Double> values = new ArrayList<>();
      for (double value : line.y()) {
        values.add(Double.isNaN(value) ? null : value);
      }
      CategorySeries series =
          line.low().length == 0
              ? chart.addSeries(line.name(), categories, values)
              : chart.addSeries(line.name(), categories, values, halfWidths(line));
      style(series, line);
      series.setMarker(line.look().color() < 0 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    }
    return chart;
  }

  /**
   * Half the width of each band: over categories they are bars, which XChart draws symmetrically.
   */
  private static List<Double> halfWidths(Line line) {
    List<Double> widths = new ArrayList<>();
    for (int i = 0; i < line.y().length; i++) {
      double width = (line.high()[i] - line.low()[i]) / 2;
      widths.add(Double.isNaN(width) ? 0 : width);
    }
    return widths;
  }

  private static void style(MarkerSeries series, Line line) {
    series.setMarkerColor(line.look().rgb());
    series.setLineColor(line.look().rgb());
    series.setLineStyle(line.look().stroke());
    series.setLineWidth(line.look().width());
  }

  private void style(AxesChart<? extends AxesChartStyler, ?> chart) {
    chart.setXAxisTitle(x.title());
    chart.setYAxisTitle(y.title());
    AxesChartStyler style = chart.getStyler();
    Font font = BundledFont.get();
    style.setBaseFont(font);
    style.setAxisTitleFont(font);
    style.setAxisTickLabelsFont(font.deriveFont(font.getSize2D() - 1));
    style.setChartFontColor(Palette.INK);
    style.setAxisTickLabelsColor(Palette.INK);
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
    style.setYAxisTickMarkSpacingHint(36);
    style.setChartPadding(4);
    style.setLocale(Locale.ROOT);
  }

  private void limit(AxesChartStyler style) {
    if (!Double.isNaN(x.min())) {
      style.setXAxisMin(x.min()).setXAxisMax(x.max());
    }
    if (!Double.isNaN(y.min())) {
      style.setYAxisMin(y.min()).setYAxisMax(y.max());
    }
  }
}
