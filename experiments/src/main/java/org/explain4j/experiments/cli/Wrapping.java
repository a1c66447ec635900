package org.explain4j.experiments.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks lines between words, at a width. What follows is indented below the line's last column if
 * it is a row of a table, below the text of an item of a list, and otherwise by two more blanks.
 */
final class Wrapping {
  private static final Pattern STYLE = Pattern.compile("\u001b\\[[\\d;]*m");
  private static final Pattern ITEM = Pattern.compile("^ *(?:#? *\\d+\\. |#? *[-*] |# )");
  private static final Pattern GAP = Pattern.compile("(?<=\\S) {2,}(?=\\S)");
  private static final int FURTHER = 2;

  private Wrapping() {}

  /** A line without its end, with line breaks where it would be wider. */
  static String line(String line, int width) {
    if (columns(line) <= width) {
      return line;
    }
    String indent = " ".repeat(indent(line, width));
    StringBuilder wrapped = new StringBuilder();
    String rest = line;
    while (columns(rest) > width) {
      int end = lastBreak(rest, width, wrapped.isEmpty() ? leading(line) : indent.length());
      if (end < 0) {
        break;
      }
      wrapped.append(rest.substring(0, end).stripTrailing()).append('\n');
      rest = indent + rest.substring(end).stripLeading();
    }
    return wrapped.append(rest).toString();
  }

  /**
   * The last blank up to the width, after the indentation; a longer word stays whole, so that a
   * path can be copied, and the line is broken behind it. -1 if there is none.
   */
  private static int lastBreak(String text, int width, int indent) {
    int best = -1;
    for (int at = text.indexOf(' ', indent); at >= 0; at = text.indexOf(' ', at + 1)) {
      if (at == text.length() - 1 || text.charAt(at + 1) == ' ') {
        continue;
      }
      if (columns(text.substring(0, at).stripTrailing()) > width && best >= 0) {
        return best;
      }
      best = at;
    }
    return best;
  }

  private static int indent(String line, int width) {
    int indent = leading(line) + FURTHER;
    Matcher item = ITEM.matcher(line);
    if (item.find()) {
      return item.end();
    }
    Matcher gap = GAP.matcher(line);
    while (gap.find()) {
      int column = columns(line.substring(0, gap.end()));
      if (column <= width / 2) {
        indent = column;
      }
    }
    return indent;
  }

  private static int leading(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** How many columns a text takes; styles take none, most of East Asia's letters two. */
  static int columns(String text) {
    return STYLE.matcher(text).replaceAll("").codePoints().map(Wrapping::columns).sum();
  }

  private static int columns(int letter) {
    int type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    if (Character.isISOControl(letter)) {
      return 0;
    }
    if (letter < 0x1100) {
      return 1;
    }
    boolean full = (letter >= 0xff01 && letter <= 0xff60) || letter >= 0x1f300;
    return full
        ? 2
        : switch (Character.UnicodeScript.of(letter)) {
          case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
          default -> 1;
        };
  }
}
