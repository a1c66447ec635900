package org.explain4j.experiments.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does an experiment's work cell by cell. A finished cell is kept in {@code stages/STAGE/CELL.json}
 * under the hash of what went into it, and taken over as long as that is unchanged; a failed one is
 * a row of {@code failures.csv} and the work goes on.
 */
public final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final List<String> FOLDERS =
      List.of("stages", "moments", "patterns", "attributions", "curves", "scores");

  private final RunOutput output;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Table, List<List<String>>> rows = new EnumMap<>(Table.class);
  private final Map<String, Timing> timings = new LinkedHashMap<>();
  private double nested; // seconds of cells, so that a cell within a cell is not counted twice
  private final Set<String> files = new HashSet<>(Set.of("stages/.lock"));

  public Ledger(RunOutput output) {
    this.output = output;
  }

  /** Work that fills a cell. */
  @FunctionalInterface
  public interface Work {
    void fill(Cell cell) throws Exception;
  }

  /** What is kept of a finished cell. */
  record Finished(
      String hash, double seconds, Map<String, List<List<String>>> rows, Map<String, Long> files) {}

  private record Timing(double seconds, boolean reused) {
    Timing and(double more, boolean alsoReused) {
      return new Timing(seconds + more, reused && alsoReused);
    }
  }

  /**
   * Does a cell's work, unless it was done.
   *
   * @param hash of everything that the result depends on
   * @return the error if the work failed
   * @throws RunOutputException if the run output fails, which no other cell would survive
   */
  public Optional<String> cell(String stage, String name, String hash, Work work) {
    String file = "stages/" + stage + "/" + FileNames.of(name) + ".json";
    Optional<Finished> finished = read(file).filter(f -> f.hash().equals(hash) && isWhole(f));
    try {
      Finished cell = finished.isPresent() ? finished.get() : work(file, hash, work);
      files.add(file);
      files.addAll(cell.files().keySet());
      cell.rows().forEach((table, added) -> rowsOf(Table.valueOf(table)).addAll(added));
      time(stage, cell.seconds(), finished.isPresent());
      return Optional.empty();
    } catch (RunOutputException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
      String error = Errors.message(e);
      LOG.debug("{} {} failed", stage, name, e);
      row(Table.FAILURES, stage, name, error);
      time(stage, 0, false);
      return Optional.of(error);
    }
  }

  private Finished work(String file, String hash, Work work) throws Exception {
    long start = System.nanoTime();
    double before = nested;
    output.remove(file);
    Cell cell = new Cell(output);
    work.fill(cell);
    double seconds = (System.nanoTime() - start) / 1e9 - (nested - before);
    nested = before + (System.nanoTime() - start) / 1e9;
    Map<String, List<List<String>>> named = new LinkedHashMap<>();
    cell.rows().forEach((table, added) -> named.put(table.name(), added));
    Finished finished = new Finished(hash, seconds, named, cell.files());
    output.write(file, json.writeValueAsString(finished));
    return finished;
  }

  /** Whether a cell would be taken over. */
  public boolean isDone(String stage, String name, String hash) {
    return read("stages/" + stage + "/" + FileNames.of(name) + ".json")
        .filter(f -> f.hash().equals(hash) && isWhole(f))
        .isPresent();
  }

  /** Keeps a finished cell's files, though nothing asks for them in this run. */
  public void keep(String stage, String name, String hash) {
    String file = "stages/" + stage + "/" + FileNames.of(name) + ".json";
    read(file)
        .filter(finished -> finished.hash().equals(hash) && isWhole(finished))
        .ifPresent(
            finished -> {
              files.add(file);
              files.addAll(finished.files().keySet());
            });
  }

  private Optional<Finished> read(String name) {
    Path file = output.root().resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.readValue(Files.readString(file), Finished.class));
    } catch (IOException e) {
      LOG.warn("{} is damaged; its work is done again: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private boolean isWhole(Finished cell) {
    try {
      for (Map.Entry<String, Long> file : cell.files().entrySet()) {
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

  private void time(String stage, double seconds, boolean reused) {
    timings.merge(stage, new Timing(seconds, reused), (old, now) -> old.and(seconds, reused));
  }

  /** Adds a row that belongs to no cell. */
  public void row(Table table, Object... values) {
    rowsOf(table).add(Cell.texts(table, values));
  }

  /** The rows of a table so far; may be changed in place. */
  public List<List<String>> rowsOf(Table table) {
    return rows.computeIfAbsent(table, t -> new ArrayList<>());
  }

  /** Drops rows that say what an earlier row says. */
  public void keepDistinct(Table table) {
    rows.put(table, new ArrayList<>(new LinkedHashSet<>(rowsOf(table))));
  }

  /** Whether anything failed. */
  public boolean hasFailures() {
    return !rowsOf(Table.FAILURES).isEmpty();
  }

  /** Writes the tables as far as they have come. */
  public void writeTables() {
    rows.remove(Table.TIMINGS);
    timings.forEach((stage, t) -> row(Table.TIMINGS, stage, rounded(t.seconds()), t.reused()));
    for (Table table : Table.values()) {
      if (rowsOf(table).isEmpty()) {
        output.remove(table.file());
      } else {
        output.write(table.file(), csv(table));
      }
    }
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private String csv(Table table) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setRecordSeparator("\n")
            .setHeader(table.columns().toArray(String[]::new))
            .get();
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecords(rowsOf(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Removes what earlier configurations left behind. Only after every cell has been asked for. */
  public void removeLeftovers() {
    FOLDERS.forEach(folder -> output.prune(folder, files));
  }
}
