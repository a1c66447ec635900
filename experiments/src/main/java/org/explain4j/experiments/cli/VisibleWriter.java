package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * Shows control characters instead of sending them to the terminal, which could do anything with
 * them: texts come from experiment files, model files and plug-ins. Colours of our own pass.
 */
final class VisibleWriter extends TextWriter {
  /** Bold, italic, underlined, and eight colours, on and off. */
  private static final String STYLE = "\u001b\\[(?:[0134]|2[134]|3[1-69])(?:;(?:[0134]|3[1-69]))*m";

  /** Also those that reverse the direction of writing. */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "(?<style>"
              + STYLE
              + ")|\r"
              + "(?!\n"
              + ")|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]");

  private static final String ERASE_LINE = "\r\u001b[K";

  private VisibleWriter(Writer out) {
    super(out);
  }

  /**
   * @param width that lines are wrapped to; 0 where they are not shown in a window
   */
  static PrintWriter of(PrintWriter out, int width) {
    return of(out, width, "");
  }

  /** Likewise, where progress may be shown on the line at the cursor, which gives way. */
  static PrintWriter overLiveLine(PrintWriter out, int width) {
    return of(out, width, ERASE_LINE);
  }

  private static PrintWriter of(PrintWriter out, int width, String before) {
    Writer lines = width == 0 ? out : new WrappingWriter(out, width, before);
    return new PrintWriter(new VisibleWriter(lines), true);
  }

  /** The text with {@code \}{@code u001b} for an escape character. */
  static String visible(String text) {
    return UNSEEN
        .matcher(text)
        .replaceAll(
            found ->
                found.group(1) == null
                    ? "\\\\u%04x".formatted((int) found.group().charAt(0))
                    : found.group().replace("\\", "\\\\"));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(visible(text.substring(offset, offset + length)));
  }
}
