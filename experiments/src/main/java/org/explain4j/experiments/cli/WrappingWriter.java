package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.Writer;

/** Wraps the lines that are shown in a window. */
final class WrappingWriter extends TextWriter {
  private final int width;
  private final String before;
  private final StringBuilder begun = new StringBuilder();

  /**
   * @param before what each line begins with
   */
  WrappingWriter(Writer out, int width, String before) {
    super(out);
    this.width = width;
    this.before = before;
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    begun.append(text, offset, offset + length);
    int start = 0;
    for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n", start)) {
      out.write(before);
      out.write(Wrapping.line(begun.substring(start, end), width));
      out.write('\n');
      start = end + 1;
    }
    begun.delete(0, start);
  }

  /** Shows a line that is not complete as well. */
  @Override
  public void flush() throws IOException {
    if (!begun.isEmpty()) {
      out.write(before);
      out.write(Wrapping.line(begun.toString(), width));
    }
    begun.setLength(0);
    out.flush();
  }
}
