package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class WrappingTest {

  @Test
  void aLineThatFitsStaysAsItIs() {
    assertThat(Wrapping.line("12345 789", 9)).isEqualTo("12345 789");
    assertThat(Wrapping.line("", 9)).isEmpty();
  }

  @Test
  void proseIsBrokenBetweenWordsAndIndentedByTwo() {
    assertThat(Wrapping.line("one two three four", 9)).isEqualTo("one two\n  three\n  four");
    assertThat(Wrapping.line("  one two three", 9)).isEqualTo("  one two\n    three");
  }

  @Test
  void aRowOfATableGoesOnBelowItsLastColumn() {
    assertThat(Wrapping.line("  lime   explains by sampling", 20))
        .isEqualTo("  lime   explains by\n         sampling");
  }

  @Test
  void anItemGoesOnBelowItsText() {
    assertThat(Wrapping.line("  1. split A, 500 images", 14))
        .isEqualTo("  1. split A,\n     500\n     images");
  }

  @Test
  void aWordThatIsTooLongStaysWhole() {
    assertThat(Wrapping.line("see /a/long/path/of/a/file for more", 12))
        .isEqualTo("see\n  /a/long/path/of/a/file\n  for more");
    assertThat(Wrapping.line("/a/long/path/of/a/file", 12)).isEqualTo("/a/long/path/of/a/file");
  }

  @Test
  void stylesTakeNoColumnsAndEastAsianLettersTwo() {
    assertThat(Wrapping.columns("\u001b[1;31mred\u001b[0m")).isEqualTo(3);
    assertThat(Wrapping.columns("画像 e\u0301")).isEqualTo(6);
    assertThat(Wrapping.line("画像 画像 画像", 9)).isEqualTo("画像 画像\n  画像");
  }

  @Test
  void linesAreWrappedWhetherTheyComeInPartsOrTogether() throws IOException {
    StringWriter out = new StringWriter();
    try (WrappingWriter writer = new WrappingWriter(out, 9, "> ")) {
      writer.write("one two ");
      writer.write("three\nfour\nfi");
      assertThat(out).hasToString("> one two\n  three\n> four\n");
      writer.flush();
      assertThat(out).hasToString("> one two\n  three\n> four\n> fi");
    }
  }

  @Test
  void nothingIsWrappedWhereThereIsNoWindow() {
    StringWriter out = new StringWriter();
    PrintWriter writer = VisibleWriter.of(new PrintWriter(out), 0);
    writer.println("a ".repeat(200));
    assertThat(out.toString().strip().lines()).hasSize(1);
  }
}
