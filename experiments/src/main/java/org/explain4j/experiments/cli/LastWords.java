package org.explain4j.experiments.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Errors;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Says how the work goes on when the process is ended before it is done: by Ctrl-C, a signal, an
 * extension that calls {@code System.exit}, or a cell that does not stop.
 */
final class LastWords implements AutoCloseable {
  private final PrintWriter lines;
  private final String command;
  private final CellWatch watch;
  private final Thread hook = new Thread(this::say, "last words");

  private LastWords(PrintWriter lines, String command, CellWatch watch) {
    this.lines = lines;
    this.command = command;
    this.watch = watch;
  }

  /** Of a command; silent once it is closed. */
  static LastWords of(CommandSpec spec, CellWatch watch) {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    String command =
        arguments.stream().map(LastWords::quoted).collect(Collectors.joining(" ", "explain ", ""));
    LastWords words = new LastWords(spec.commandLine().getErr(), command, watch);
    Runtime.getRuntime().addShutdownHook(words.hook);
    return words;
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private void say() {
    String cell = watch.current().orElse("");
    boolean exited =
        Thread.getAllStackTraces().values().stream().anyMatch(LastWords::calledByTheProgram);
    String what = exited ? "The process was ended (System.exit)" : "Interrupted";
    String where = cell.isEmpty() ? "" : (exited ? " by " : " at ") + cell;
    say(what + where + ".");
  }

  private static boolean calledByTheProgram(StackTraceElement... trace) {
    return Arrays.stream(trace)
        .anyMatch(
            frame ->
                frame.getClassName().equals(Runtime.class.getName())
                    && frame.getMethodName().equals("exit"));
  }

  private void say(String what) {
    lines.println(what + " Finished work is kept; this goes on: " + command);
    lines.flush();
  }

  /** Ends the process because a cell was told to stop and goes on. */
  void stuck(CellWatch.Stuck cell) {
    close();
    lines.printf("failed: %s, %s: %s%n", cell.stage(), cell.cell(), Errors.message(cell.reason()));
    say("It was told to stop and did not, so the process ends.");
    System.exit(Errors.isOutOfMemory(cell.reason()) ? Main.MEMORY : Main.FAILED_CELLS);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and says so.
    }
  }
}
