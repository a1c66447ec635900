package org.explain4j.experiments.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The log, which goes to standard error, as lines of the command line like all others. */
final class LogStream extends OutputStream {
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private Supplier<PrintWriter> lines;

  private LogStream(PrintWriter lines) {
    this.lines = () -> lines;
  }

  /**
   * The command line, through which goes what the process writes to {@link System#err} from now on.
   * Picocli takes another standard error than that of its beginning for one that it should write
   * to.
   */
  static CommandLine redirect(Supplier<CommandLine> commandLine) {
    PrintWriter errors = new PrintWriter(System.err, true, Charset.defaultCharset());
    LogStream log = new LogStream(errors);
    System.setErr(new PrintStream(log, true));
    CommandLine line = commandLine.get().setErr(errors);
    log.lines = line::getErr;
    return line;
  }

  @Override
  public synchronized void write(int octet) {
    begun.write(octet);
  }

  @Override
  public synchronized void write(byte[] octets, int offset, int length) {
    begun.write(octets, offset, length);
  }

  @Override
  public synchronized void flush() {
    String text = begun.toString(Charset.defaultCharset());
    begun.reset();
    lines.get().print(text);
    lines.get().flush();
  }
}
