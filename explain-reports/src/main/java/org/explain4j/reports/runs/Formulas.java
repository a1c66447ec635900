package org.explain4j.reports.runs;

import java.util.regex.Pattern;

/**
 * Texts that a spreadsheet would take for formulas, which may send away what else is in it: names
 * come from files and plug-ins. Numbers are never changed.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection, OWASP</a>
 */
final class Formulas {
  private static final Pattern START = Pattern.compile("'*[=+\\-@\t\r]");

  private Formulas() {}

  /** With an apostrophe before it, which spreadsheets take for "this is text". */
  static String guarded(String text) {
    return START.matcher(text).lookingAt() ? "'" + text : text;
  }

  /** What was guarded. */
  static String plain(String field) {
    return field.startsWith("'") && START.matcher(field).lookingAt() ? field.substring(1) : field;
  }
}
