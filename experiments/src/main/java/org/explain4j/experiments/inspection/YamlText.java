package org.explain4j.experiments.inspection;

/** Parts of a YAML file's text. */
final class YamlText {
  private static final int WIDTH = 96;

  private YamlText() {}

  /** A word as it is if that is one in YAML, and otherwise in quotes. */
  static String quoted(String text) {
    return text.matches("[\\p{L}_./][\\p{L}\\p{N}_./-]*")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  /** Lines of at most {@value #WIDTH} columns, without control characters. */
  static void comment(StringBuilder text, String indent, String said) {
    StringBuilder line = new StringBuilder(indent + "#");
    for (String word : said.replaceAll("\\p{Cntrl}", " ").split(" +", -1)) {
      if (line.length() + 1 + word.length() > WIDTH && line.length() > indent.length() + 2) {
        text.append(line).append('\n');
        line = new StringBuilder(indent + "#  ");
      }
      line.append(' ').append(word);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
