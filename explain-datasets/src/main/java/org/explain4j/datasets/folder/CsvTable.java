package org.explain4j.datasets.folder;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Utf8;

/**
 * A CSV table with a header. A column without a name, such as pandas' index, is ignored.
 *
 * @param title for messages
 */
record CsvTable(String title, List<String> columns, List<Row> rows) {

  /**
   * A row.
   *
   * @param line of the file on which it begins
   */
  record Row(String title, long line, CSVRecord cells) {

    /**
     * @throws IOException if there is no such cell or it is empty; the message has the line
     */
    String cell(String column) throws IOException {
      String value = optional(column, "");
      if (value.isEmpty()) {
        throw problem("there is no " + column);
      }
      return value;
    }

    String optional(String column, String otherwise) {
      return cells.isSet(column) && !cells.get(column).isEmpty() ? cells.get(column) : otherwise;
    }

    /** A path below the images; Windows' separators are understood, too. */
    String file() throws IOException {
      String file = cell("file").replace('\\', '/');
      return file.startsWith("./") ? file.substring(2) : file;
    }

    IOException problem(String said) {
      return new IOException(String.format(Locale.ROOT, "%s, line %d: %s.", title, line, said));
    }
  }

  /**
   * @throws IOException if it is not such a table; the message names the line
   */
  static CsvTable read(String title, byte[] csv) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreSurroundingSpaces(true)
            .setAllowMissingColumnNames(true)
            .get();
    String text = Utf8.decode(title, csv);
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      List<Row> rows = new ArrayList<>();
      long line = parser.getCurrentLineNumber() + 1;
      for (CSVRecord record : parser) {
        rows.add(new Row(title, line, record));
        line = parser.getCurrentLineNumber() + 1;
      }
      List<String> columns = parser.getHeaderNames().stream().filter(c -> !c.isBlank()).toList();
      return new CsvTable(title, columns, rows);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new IOException(
          String.format(Locale.ROOT, "%s cannot be read: %s", title, Reason.of(e)), e);
    }
  }

  boolean has(String column) {
    return columns.contains(column);
  }
}
