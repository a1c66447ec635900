package org.explain4j.experiments.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** A writer that sees all that is written as texts. */
abstract class TextWriter extends FilterWriter {
  TextWriter(Writer out) {
    super(out);
  }

  @Override
  public abstract void write(String text, int offset, int length) throws IOException;

  @Override
  public final void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public final void write(int character) throws IOException {
    write(String.valueOf((char) character), 0, 1);
  }
}
