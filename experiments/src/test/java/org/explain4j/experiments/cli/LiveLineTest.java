package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveLineTest {
  private static final int COLUMNS = 80;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final PrintStream live = new PrintStream(sent, true, StandardCharsets.UTF_8);
  private final PrintWriter lines =
      VisibleWriter.overLiveLine(new PrintWriter(sent, true, StandardCharsets.UTF_8), COLUMNS);

  @Test
  void tasksLeaveNoEmptyLinesAndWhatIsSaidMeanwhileStays() throws InterruptedException {
    try (TerminalProgress progress =
        new TerminalProgress(live, lines, new Terminal(true, true, COLUMNS), false)) {
      lines.println("plan");
      for (int task = 0; task < 3; task++) {
        progress.begin("quick " + task, 2, "images");
        progress.step("quick " + task, 1, 2, "");
        progress.step("quick " + task, 2, 2, "");
      }
      progress.begin("long", 2, "images");
      progress.step("long", 1, 2, "");
      Thread.sleep(600); // the library paints every 200 ms
      lines.println("warning: half");
      Thread.sleep(600);
      progress.step("long", 2, 2, "");
      progress.begin("last", 2, "images");
      Thread.sleep(300);
    }
    live.println("end"); // as standard output does, which knows of no live line
    assertThat(sent.toString(StandardCharsets.UTF_8)).contains("long   50 %");
    List<String> screen = screen(sent.toString(StandardCharsets.UTF_8));
    assertThat(screen).hasSize(4);
    assertThat(screen.get(0)).isEqualTo("plan");
    assertThat(screen.get(1)).isEqualTo("warning: half");
    assertThat(screen.get(2)).startsWith("long: 2 images in 1 s");
    assertThat(screen.get(3)).isEqualTo("end");
  }

  /** What a terminal shows that knows carriage returns and erases lines behind the cursor. */
  private static List<String> screen(String sent) {
    List<StringBuilder> screen = new ArrayList<>(List.of(new StringBuilder()));
    int column = 0;
    for (int i = 0; i < sent.length(); i++) {
      StringBuilder line = screen.get(screen.size() - 1);
      char c = sent.charAt(i);
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        screen.add(new StringBuilder());
        column = 0;
      } else if (sent.startsWith("\u001b[K", i)) {
        line.setLength(column);
        i += 2;
      } else {
        assertThat(c).as("other control characters").isGreaterThanOrEqualTo(' ');
        line.replace(column, column + 1, String.valueOf(c));
        column++;
      }
    }
    screen.remove(screen.size() - 1); // the cursor is behind the last one
    return screen.stream().map(StringBuilder::toString).toList();
  }
}
