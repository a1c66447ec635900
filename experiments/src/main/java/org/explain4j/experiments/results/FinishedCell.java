package org.explain4j.experiments.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.explain4j.network.files.FileSum;
import org.explain4j.reports.runs.RunTable;

/**
 * The record that is kept of a finished cell. It has a checksum of itself and of each of the cell's
 * files, so that nothing damaged is taken for a result.
 *
 * @param hash of what went into it
 * @param rows by table
 * @param numbers that other cells need
 * @param files that it wrote
 */
record FinishedCell(
    String hash,
    double seconds,
    Map<RunTable<?>, List<Record>> rows,
    Map<String, Double> numbers,
    Map<String, FileSum> files) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUM = "{\"crc32c\":\"";
  private static final String CELL = "\",\"cell\":";

  /** The same as it is stored in a file: each row as the fields of its line. */
  private record Stored(
      String hash,
      double seconds,
      Map<String, List<List<String>>> rows,
      Map<String, Double> numbers,
      Map<String, FileSum> files) {}

  /**
   * What is found where a cell is looked for.
   *
   * @param cell empty if it is not there, not as it was written, or of another hash
   * @param damage what is not as it was written, for people
   * @param missing the files that are not there any more
   */
  record Found(Optional<FinishedCell> cell, List<String> damage, List<String> missing) {
    private static final Found NOTHING = new Found(Optional.empty(), List.of(), List.of());

    private static Found damaged(String file) {
      return new Found(Optional.empty(), List.of(file + " is damaged"), List.of());
    }
  }

  static FinishedCell of(String hash, double seconds, Cell cell) {
    return new FinishedCell(hash, seconds, cell.rows(), cell.numbers(), cell.files());
  }

  /** Writes it completely or not at all. */
  void write(RunOutput output, String file) {
    Map<String, List<List<String>>> fields = new LinkedHashMap<>();
    rows.forEach((table, records) -> fields.put(table.name(), fields(table, records)));
    try {
      String cell = JSON.writeValueAsString(new Stored(hash, seconds, fields, numbers, files));
      output.write(file, SUM + sum(cell) + CELL + cell + "}");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  @SuppressWarnings("unchecked") // rows of a table are its records
  private static <R extends Record> List<List<String>> fields(
      RunTable<R> table, List<Record> records) {
    return records.stream().map(record -> table.fields((R) record)).toList();
  }

  /** Looks for one of some hash. */
  static Found find(RunOutput output, String name, String hash) {
    Path file = output.root().resolve(name);
    if (!Files.exists(file)) {
      return Found.NOTHING;
    }
    Stored stored;
    Map<RunTable<?>, List<Record>> rows = new LinkedHashMap<>();
    try {
      stored = JSON.readValue(cell(Files.readString(file)), Stored.class);
      for (Map.Entry<String, List<List<String>>> entry : stored.rows.entrySet()) {
        RunTable<?> table = RunTable.named(entry.getKey()).orElseThrow();
        rows.put(table, entry.getValue().stream().<Record>map(table::row).toList());
      }
    } catch (IOException | RuntimeException e) {
      return Found.damaged(name);
    }
    if (!stored.hash.equals(hash)) {
      return Found.NOTHING;
    }
    List<String> missing = stored.files.keySet().stream().filter(f -> !output.has(f)).toList();
    List<String> damage =
        stored.files.entrySet().stream()
            .filter(f -> output.has(f.getKey()) && !output.isWhole(f.getKey(), f.getValue()))
            .map(f -> f.getKey() + " is damaged")
            .toList();
    Optional<FinishedCell> cell =
        missing.isEmpty() && damage.isEmpty()
            ? Optional.of(
                new FinishedCell(hash, stored.seconds, rows, stored.numbers, stored.files))
            : Optional.empty();
    return new Found(cell, damage, missing);
  }

  /** The files of one that may be damaged itself, with their sums when they were written. */
  static Map<String, FileSum> filesOf(RunOutput output, String name) {
    try {
      return JSON.readValue(cell(Files.readString(output.root().resolve(name))), Stored.class)
          .files;
    } catch (IOException | RuntimeException e) {
      return Map.of();
    }
  }

  private static String cell(String text) throws IOException {
    int start = SUM.length() + 8 + CELL.length();
    if (text.length() > start) {
      String cell = text.substring(start, text.length() - 1);
      if (text.equals(SUM + sum(cell) + CELL + cell + "}")) {
        return cell;
      }
    }
    throw new IOException("the checksum differs");
  }
}
