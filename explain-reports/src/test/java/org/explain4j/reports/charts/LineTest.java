package org.explain4j.reports.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
  private static Line line(String name, double... y) {
    return Line.of(name, y, Line.Look.of(0));
  }

  private static List<String> joined(Line... lines) {
    return Line.joined(List.of(lines)).stream().map(Line::name).toList();
  }

  @Test
  void linesOfOneCourseAreOneWithAllTheirNames() {
    assertThat(joined(line("a", 0, 1), line("b", 0, .5), line("c", 0, 1), line("d", 1e-4, 1)))
        .containsExactly("a = c = d", "b");
  }

  @Test
  void aGapInOneIsADifference() {
    assertThat(joined(line("a", 0, Double.NaN, 1), line("b", 0, 0, 1))).hasSize(2);
    assertThat(joined(line("a", 0, Double.NaN, 1), line("b", 0, Double.NaN, 1))).hasSize(1);
  }

  @Test
  void linesWithoutPointsAndReferencesStayApart() {
    Line none = line("none", Double.NaN, Double.NaN);
    Line reference =
        Line.of("reference", new double[] {0, 1}, Line.Look.reference(Line.Dash.SOLID));
    assertThat(joined(none, line("other", Double.NaN, Double.NaN), line("a", 0, 1), reference))
        .containsExactly("none", "other", "a", "reference");
  }

  @Test
  void aMethodHasOneColourEverywhereAndItsVariantsDifferByDashes() {
    Line.Look first = Line.Look.ofMethod("pattern-net", 0);
    Line.Look second = Line.Look.ofMethod("pattern-net", 1);
    assertThat(first.rgb()).isEqualTo(second.rgb());
    assertThat(first.dash()).isNotEqualTo(second.dash());
    assertThat(Line.Look.ofMethod("my-own", 0)).isEqualTo(Line.Look.ofMethod("my-own", 0));
    assertThat(Line.Look.ofMethod("random", 0).isReference()).isTrue();
  }
}
