package org.explain4j.experiments.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.reports.runs.RunTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record that is kept of a finished cell.
 *
 * @param hash of what went into it
 * @param rows by table
 * @param numbers that other cells need
 * @param files that it wrote, with their sizes
 */
record FinishedCell(
    String hash,
    double seconds,
    Map<RunTable<?>, List<Record>> rows,
    Map<String, Double> numbers,
    Map<String, Long> files) {
  private static final Logger LOG = LoggerFactory.getLogger(FinishedCell.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The same as it is stored in a file: each row as the fields of its line. */
  private record Stored(
      String hash,
      double seconds,
      Map<String, List<List<String>>> rows,
      Map<String, Double> numbers,
      Map<String, Long> files) {}

  static FinishedCell of(String hash, double seconds, Cell cell) {
    return new FinishedCell(hash, seconds, cell.rows(), cell.numbers(), cell.files());
  }

  /** Writes it completely or not at all. */
  void write(RunOutput output, String file) throws IOException {
    Map<String, List<List<String>>> fields = new LinkedHashMap<>();
    rows.forEach((table, records) -> fields.put(table.name(), fields(table, records)));
    Stored stored = new Stored(hash, seconds, fields, numbers, files);
    output.write(file, JSON.writeValueAsString(stored));
  }

  @SuppressWarnings("unchecked") // rows of a table are its records
  private static <R extends Record> List<List<String>> fields(
      RunTable<R> table, List<Record> records) {
    return records.stream().map(record -> table.fields((R) record)).toList();
  }

  /**
   * Reads one; empty if it is absent, damaged, of another hash, or if one of its files is missing.
   */
  static Optional<FinishedCell> read(RunOutput output, String name, String hash) {
    Path file = output.root().resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Stored stored = JSON.readValue(Files.readString(file), Stored.class);
      if (!stored.hash.equals(hash) || !isWhole(output, stored.files)) {
        return Optional.empty();
      }
      Map<RunTable<?>, List<Record>> rows = new LinkedHashMap<>();
      for (Map.Entry<String, List<List<String>>> entry : stored.rows.entrySet()) {
        RunTable<?> table = RunTable.named(entry.getKey()).orElseThrow();
        rows.put(table, entry.getValue().stream().<Record>map(table::row).toList());
      }
      return Optional.of(
          new FinishedCell(hash, stored.seconds, rows, stored.numbers, stored.files));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is damaged and its work is done again: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isWhole(RunOutput output, Map<String, Long> files) {
    try {
      for (Map.Entry<String, Long> file : files.entrySet()) {
        Path path = output.root().resolve(file.getKey());
        if (!Files.exists(path) || Files.size(path) != file.getValue()) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
