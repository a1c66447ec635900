package org.explain4j.experiments.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.explain4j.api.Progress;

/**
 * One live line for the task at hand on a terminal, which gives way to a line that says how long it
 * took; one line per task elsewhere.
 */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final int INTERVAL_MILLIS = 200;

  /** A task that is over sooner leaves no line. */
  private static final double WORTH_A_LINE = 1;

  private static final String ERASE_REST = "\u001b[K";

  private final PrintStream live;
  private final PrintWriter lines;
  private final Terminal terminal;
  private final boolean quiet;
  private final Map<String, TaskLine> interrupted = new HashMap<>();
  private TaskLine task;
  private ProgressBar bar;

  /**
   * @param live the terminal itself
   * @param lines where finished tasks are told; what is written there replaces the live line
   */
  TerminalProgress(PrintStream live, PrintWriter lines, Terminal terminal, boolean quiet) {
    this.live = live;
    this.lines = lines;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  @Override
  public void begin(String name, long total, String unit) {
    close();
    String shown = VisibleWriter.visible(name);
    boolean again = interrupted.containsKey(shown);
    task = again ? interrupted.get(shown) : new TaskLine(shown, unit, System.nanoTime());
    task.goOn(System.nanoTime());
    if (quiet) {
      return;
    }
    if (terminal.errors()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task.name())
              .setInitialMax(total)
              .setUpdateIntervalMillis(INTERVAL_MILLIS)
              .setConsumer(new DelegatingProgressBarConsumer(this::paint, terminal.columns() - 1))
              .setRenderer(this::render)
              .continuousUpdate()
              .clearDisplayOnFinish()
              .build();
    } else if (total > 0 && !again) {
      lines.println(task.name());
      lines.flush();
    }
  }

  /** On the line at the cursor; the library's own way leaves an empty line for each task. */
  private void paint(String text) {
    live.print("\r" + text.strip() + ERASE_REST);
    live.flush();
  }

  private String render(ProgressState state, int width) {
    return task == null ? "" : task.live(width, System.nanoTime());
  }

  @Override
  public void step(String name, long done, long total, String note) {
    if (task == null || !task.name().equals(VisibleWriter.visible(name))) {
      begin(name, total, "");
    }
    task.reached(done, total, VisibleWriter.visible(note));
    if (bar != null) {
      bar.stepTo(done);
    }
    if (total > 0 && done >= total) {
      close();
    }
  }

  @Override
  public void close() {
    if (task == null) {
      return;
    }
    long now = System.nanoTime();
    boolean finished = task.isFinished();
    interrupted.remove(task.name());
    if (!finished && task.isCounted()) {
      task.pause(now);
      interrupted.put(task.name(), task);
    }
    if (bar != null) {
      bar.close();
      bar = null;
      if (finished && task.seconds(now) >= WORTH_A_LINE) {
        lines.println(task.summary(now));
        lines.flush();
      }
    }
    task = null;
  }

  /** A length of time for people: {@code 8 s}, {@code 3:05}, {@code 2:10:00}. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
  }
}
