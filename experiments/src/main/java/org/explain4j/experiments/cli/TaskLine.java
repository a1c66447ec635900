package org.explain4j.experiments.cli;

import java.util.Locale;

/** How far a task has come, as a line. It is shown by one thread while another one works. */
final class TaskLine {
  private static final int BAR = 20;
  private static final int SHORTEST = 3;

  private final String name;
  private final String unit;

  /** When the work last went on, after other work in between. */
  private volatile long since;

  /** How long it took until then; written before since, which publishes it. */
  private long before;

  /** Where the work began, as work that was done before tells nothing about the speed. */
  private volatile long from = -1;

  private volatile long done;
  private volatile long total;
  private volatile String note = "";

  /**
   * @param unit of the steps, in the plural; empty if they are nothing to count aloud
   * @param start by {@link System#nanoTime}
   */
  TaskLine(String name, String unit, long start) {
    this.name = name;
    this.unit = unit;
    this.since = start;
  }

  String name() {
    return name;
  }

  void reached(long reached, long ofTotal, String said) {
    if (from < 0) {
      from = reached;
    }
    done = reached;
    total = ofTotal;
    note = said;
  }

  /** Other work begins that is done in between. */
  void pause(long now) {
    before += now - since;
    since = now;
  }

  /** Other work is over that was done in between. */
  void goOn(long now) {
    since = now;
    from = -1;
  }

  boolean isFinished() {
    return isCounted() && done >= total;
  }

  boolean isCounted() {
    return total > 0;
  }

  /** Of its own work. */
  double seconds(long now) {
    return (before + now - since) / 1e9;
  }

  /** The task at work: {@code moments of A 45 % ████ 900/2,000 images 640 images/s 2 s left}. */
  String live(int width, long now) {
    String time = TerminalProgress.time(seconds(now));
    if (!isCounted()) {
      return cut(name + "  " + time, width);
    }
    double share = Math.min(1, (double) done / total);
    String head = String.format(Locale.ROOT, "%s  %3.0f %%  ", name, 100 * share);
    String counts =
        String.format(Locale.ROOT, "  %,d/%,d", done, total) + (unit.isEmpty() ? "" : " " + unit);
    String tail = counts + speed(now) + left(now, time) + (note.isEmpty() ? "" : "  " + note);
    int room = Math.min(BAR, width - Wrapping.columns(head) - Wrapping.columns(tail));
    return cut(head + (room < SHORTEST ? "" : bar(share, room)) + tail, width);
  }

  /** The task when it is over: {@code moments of A: 2,000 images in 3 s, 640 images/s}. */
  String summary(long now) {
    String counted = unit.isEmpty() ? "" : String.format(Locale.ROOT, "%,d %s in ", done, unit);
    return name
        + ": "
        + counted
        + TerminalProgress.time(seconds(now))
        + speed(now).strip().replaceFirst("^(?=.)", ", ");
  }

  private static String bar(double share, int room) {
    int full = (int) Math.round(share * room);
    return "█".repeat(full) + "░".repeat(room - full);
  }

  private double perSecond(long now) {
    return (done - Math.max(0, from)) / Math.max(1e-3, (now - since) / 1e9);
  }

  private String speed(long now) {
    double speed = perSecond(now);
    return unit.isEmpty() || speed <= 0
        ? ""
        : String.format(Locale.ROOT, speed < 10 ? "  %.1f %s/s" : "  %,.0f %s/s", speed, unit);
  }

  private String left(long now, String time) {
    double speed = perSecond(now);
    return speed <= 0
        ? "  " + time
        : "  " + TerminalProgress.time((total - done) / speed) + " left";
  }

  private static String cut(String line, int width) {
    if (Wrapping.columns(line) <= width) {
      return line;
    }
    int end = line.length();
    while (end > 0 && Wrapping.columns(line.substring(0, end)) >= width) {
      end = line.offsetByCodePoints(end, -1);
    }
    return line.substring(0, end) + "…";
  }
}
