package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class VisibleWriterTest {
  private static final String ESCAPE = "\u001b";

  @Test
  void charactersThatControlATerminalAreShown() {
    assertThat(VisibleWriter.visible("a" + ESCAPE + "]0;title\u0007b"))
        .isEqualTo("a\\u001b]0;title\\u0007b");
    assertThat(VisibleWriter.visible("a" + ESCAPE + "[2Jb\u009b2J"))
        .isEqualTo("a\\u001b[2Jb\\u009b2J");
    assertThat(VisibleWriter.visible("seen\rhidden")).isEqualTo("seen\\u000dhidden");
    assertThat(VisibleWriter.visible("\u202egnp.exe")).isEqualTo("\\u202egnp.exe");
    assertThat(VisibleWriter.visible(ESCAPE + "[8mconcealed")).isEqualTo("\\u001b[8mconcealed");
  }

  @Test
  void linesLettersAndColoursPass() {
    String text = "été \\ $1\tπ\r\n" + ESCAPE + "[1;31mred" + ESCAPE + "[21;39m" + ESCAPE + "[0m\n";
    StringWriter out = new StringWriter();
    PrintWriter writer = VisibleWriter.of(new PrintWriter(out), 0);
    writer.print(text);
    writer.write('x');
    writer.flush();
    assertThat(out).hasToString(text + "x");
  }
}
