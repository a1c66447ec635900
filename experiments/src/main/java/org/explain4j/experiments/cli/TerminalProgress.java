package org.explain4j.experiments.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.explain4j.api.Progress;

/** One bar per task on a terminal, one line per task elsewhere. */
final class TerminalProgress implements Progress, AutoCloseable {
  private final PrintWriter lines;
  private final boolean terminal;
  private String task = "";
  private ProgressBar bar;

  private TerminalProgress(PrintWriter lines, boolean terminal) {
    this.lines = lines;
    this.terminal = terminal;
  }

  static TerminalProgress of(PrintWriter lines) {
    // The launcher asks the shell: System.console() means something else since JDK 22.
    return new TerminalProgress(lines, Boolean.getBoolean("explain4j.terminal"));
  }

  @Override
  public void step(String name, long done, long total, String note) {
    if (!name.equals(task)) {
      start(name, total);
    }
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
      bar.setExtraMessage(note.isEmpty() ? "" : " " + VisibleWriter.visible(note));
    }
    if (done >= total) {
      close();
    }
  }

  private void start(String name, long total) {
    close();
    task = name;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(VisibleWriter.visible(name)) // it writes to System.err
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .build();
    } else {
      lines.println(name);
      lines.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
