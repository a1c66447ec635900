package org.explain4j.reports.runs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** CSV files to records, strictly: a field that is not of its column's kind is an error. */
final class CsvFiles {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private CsvFiles() {}

  /**
   * Reads a file. Measured columns that an older version did not write are missing values; columns
   * that this version does not know are left out.
   *
   * @throws IOException naming file and line if another column is missing, a line has too few or
   *     too many fields, or a field is not of its column's kind
   */
  static <R extends Record> List<R> read(Path file, RunTable<R> table) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = parser(reader, file)) {
      int[] places = places(file, table, parser.getHeaderNames());
      List<R> rows = new ArrayList<>();
      for (CSVRecord line : parser) {
        String place = file + ":" + parser.getCurrentLineNumber();
        int columns = parser.getHeaderNames().size();
        if (line.size() != columns) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s: %d fields for %d columns.\nMaybe the file was cut off; rerun the experiment.",
                  place,
                  line.size(),
                  columns));
        }
        rows.add(row(table, line, places, place));
      }
      return List.copyOf(rows);
    } catch (UncheckedIOException | MalformedInputException e) {
      throw new IOException(file + ": not a readable CSV file: " + e.getMessage(), e);
    }
  }

  private static CSVParser parser(Reader reader, Path file) throws IOException {
    try {
      return FORMAT.parse(reader);
    } catch (IllegalArgumentException e) { // a header that names a column twice
      throw new IOException(file + ":1: " + e.getMessage(), e);
    }
  }

  /** Where each column of the table stands in the file; -1 for those that it does not have. */
  private static int[] places(Path file, RunTable<?> table, List<String> header)
      throws IOException {
    List<RecordColumns.Column> columns = table.recordColumns().columns();
    List<String> missing =
        columns.stream()
            .filter(column -> !column.mayBeMissing() && column.place(header) < 0)
            .map(RecordColumns.Column::name)
            .toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s:1: columns missing: %s.\nFound: %s.",
              file,
              String.join(", ", missing),
              String.join(", ", header)));
    }
    return columns.stream().mapToInt(column -> column.place(header)).toArray();
  }

  private static <R extends Record> R row(
      RunTable<R> table, CSVRecord line, int[] places, String place) throws IOException {
    List<String> fields = new ArrayList<>();
    for (int column : places) {
      fields.add(column < 0 ? "" : line.get(column));
    }
    try {
      return table.row(fields);
    } catch (IllegalArgumentException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }
}
