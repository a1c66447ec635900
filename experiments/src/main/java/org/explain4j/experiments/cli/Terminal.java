package org.explain4j.experiments.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The window that output is shown in, as the launcher found it: {@code System.console()} means
 * something else since JDK 22.
 *
 * @param output whether standard output is shown in a window
 * @param errors whether standard error is
 * @param columns its width
 */
record Terminal(boolean output, boolean errors, int columns) {
  private static final int USUAL = 80;

  /** Narrower, only fragments of a line would be left. */
  private static final int NARROWEST = 40;

  /** What the launcher says; no window where it says nothing. */
  static Terminal current() {
    int columns = Integer.getInteger("explain4j.columns", USUAL);
    return new Terminal(
        Boolean.getBoolean("explain4j.output"),
        Boolean.getBoolean("explain4j.terminal"),
        columns < 1 ? USUAL : Math.max(NARROWEST, columns));
  }

  /** The width that a stream's lines are wrapped to; 0 for not at all. */
  int width(boolean shown) {
    return shown ? columns : 0;
  }

  /** Progress of a command; says nothing with {@code --quiet}. */
  static TerminalProgress progress(CommandSpec spec) {
    PrintStream live = new PrintStream(new FileOutputStream(FileDescriptor.err));
    return new TerminalProgress(
        live, spec.commandLine().getErr(), current(), Main.of(spec).isQuiet());
  }
}
