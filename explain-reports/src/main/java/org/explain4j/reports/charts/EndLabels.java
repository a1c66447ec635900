package org.explain4j.reports.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/** The names of a chart's lines at their right ends, moved apart where they would overlap. */
final class EndLabels {
  private static final int SWATCH = 18;
  private static final int GAP = 4;

  /** From the end of a line to its name. */
  private static final int LEADER = 14;

  private static final int WIDEST = 150;

  private EndLabels() {}

  /** A name: its lines, where the line ends, and where the middle of the name is put. */
  private static final class Label {
    final Line line;
    final List<String> words;
    final double end;
    double middle;

    Label(Line line, double end) {
      this.line = line;
      this.words = Words.wrapped(line.name(), WIDEST);
      this.end = end;
      this.middle = end;
    }

    double height() {
      return words.size() * Words.LINE + GAP;
    }
  }

  /**
   * What the names take beside and below the plot.
   *
   * @param width to the right of what XChart has drawn
   * @param bottom of the lowest name
   */
  record Extent(int width, int bottom) {}

  static Extent append(Element svg, Painted painted) {
    List<Label> labels = new ArrayList<>();
    for (Line line : painted.chart().lines()) {
      labels.add(new Label(line, end(painted, line)));
    }
    labels.sort(Comparator.comparingDouble(label -> label.end));
    double bottom = spread(labels, painted.top(), painted.bottom());
    double x = painted.right() + LEADER;
    double widest = 0;
    for (Label label : labels) {
      swatch(svg, label, painted.right(), x);
      double y = label.middle - label.words.size() * Words.LINE / 2.0 + 11;
      for (String words : label.words) {
        Words.name(svg, words, x + SWATCH + 5, y);
        widest = Math.max(widest, Words.width(words));
        y += Words.LINE;
      }
    }
    double right = labels.isEmpty() ? painted.right() : x + SWATCH + 5 + widest;
    return new Extent(
        (int) Math.ceil(right + 4 - painted.chart().size().width()), (int) Math.ceil(bottom));
  }

  /** Where a line ends: at its last value, or at the bottom if it has none. */
  private static double end(Painted painted, Line line) {
    for (int i = line.y().length - 1; i >= 0; i--) {
      if (!Double.isNaN(line.y()[i])) {
        return painted.y(line.y()[i]);
      }
    }
    return painted.bottom();
  }

  /** Moves names down where they overlap, then up again as far as the plot's bottom demands. */
  private static double spread(List<Label> labels, double top, double bottom) {
    double lowest = top - GAP;
    for (Label label : labels) {
      label.middle = Math.max(label.middle, lowest + label.height() / 2);
      lowest = label.middle + label.height() / 2;
    }
    double highest = Math.max(bottom, height(labels) + top);
    for (int i = labels.size() - 1; i >= 0; i--) {
      Label label = labels.get(i);
      label.middle = Math.min(label.middle, highest - label.height() / 2);
      highest = label.middle - label.height() / 2;
    }
    return labels.isEmpty() ? 0 : labels.get(labels.size() - 1).middle + 12;
  }

  private static double height(List<Label> labels) {
    return labels.stream().mapToDouble(Label::height).sum();
  }

  /** A thin leader from the line's end, then a piece of the line itself. */
  private static void swatch(Element svg, Label label, double right, double x) {
    String color = Palette.css(label.line.look().rgb());
    String from = Words.coordinate(right + 2) + "," + Words.coordinate(label.end);
    String to = Words.coordinate(x - 2) + "," + Words.coordinate(label.middle);
    ThemedSvg.element(
        svg,
        "path",
        Map.of("d", "M" + from + "L" + to, "style", "fill:none;stroke:" + color + ";opacity:.5"));
    Map<String, String> swatch = new LinkedHashMap<>();
    swatch.put(
        "d", "M" + Words.coordinate(x) + "," + Words.coordinate(label.middle) + "h" + SWATCH);
    swatch.put("style", label.line.look().css());
    ThemedSvg.element(svg, "path", swatch);
  }
}
