package org.explain4j.reports.runs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** CSV files as Tablesaw tables, strictly: Tablesaw's own reader guesses types and drops rows. */
final class CsvTables {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private CsvTables() {}

  /**
   * Reads a file; columns that the schema does not know are text.
   *
   * @throws IOException naming file and line if a column is missing, a line has too few or too many
   *     fields, or a number is none
   */
  static Table read(Path file, RunTable schema) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = FORMAT.parse(reader)) {
      List<String> header = header(file, schema, parser);
      Set<String> numbers = schema.numbers();
      List<Column<?>> columns = new ArrayList<>();
      for (String name : header) {
        columns.add(numbers.contains(name) ? DoubleColumn.create(name) : StringColumn.create(name));
      }
      for (CSVRecord row : parser) {
        String place = file + ":" + parser.getCurrentLineNumber();
        if (row.size() != columns.size()) {
          throw new IOException(
              "%s: %d fields for %d columns.\nMaybe the file was cut off; rerun the experiment."
                  .formatted(place, row.size(), columns.size()));
        }
        for (int i = 0; i < columns.size(); i++) {
          append(columns.get(i), row.get(i), place);
        }
      }
      return Table.create(schema.file(), columns);
    } catch (UncheckedIOException | MalformedInputException e) {
      throw new IOException(file + ": not a readable CSV file: " + e.getMessage(), e);
    }
  }

  private static List<String> header(Path file, RunTable schema, CSVParser parser)
      throws IOException {
    List<String> header = parser.getHeaderNames();
    TreeSet<String> missing = new TreeSet<>(schema.texts());
    missing.addAll(schema.numbers());
    missing.removeAll(header);
    if (!missing.isEmpty()) {
      throw new IOException(
          "%s:1: columns missing: %s.\nFound: %s."
              .formatted(file, String.join(", ", missing), String.join(", ", header)));
    }
    return header;
  }

  private static void append(Column<?> column, String field, String place) throws IOException {
    if (column instanceof StringColumn text) {
      text.append(field);
      return;
    }
    try {
      ((DoubleColumn) column).append(field.isBlank() ? Double.NaN : Double.parseDouble(field));
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: '%s' in column %s is not a number.".formatted(place, field, column.name()), e);
    }
  }
}
