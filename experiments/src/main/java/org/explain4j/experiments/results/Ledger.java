package org.explain4j.experiments.results;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.RunTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does an experiment's work cell by cell. A finished cell is kept in {@code stages/STAGE/CELL.json}
 * under the hash of what went into it, and reused as long as that is unchanged; a failed one is a
 * row of {@code failures.csv} and the work goes on.
 */
public final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final List<String> FOLDERS =
      List.of(
          "stages moments patterns regressions attributions curves scores meta-evaluation"
              .split(" ", -1));

  private final RunOutput output;
  private final Lenders lenders;
  private final Share share;
  private final Runnable beforeWork;
  private final CellWatch watch;
  private final Optional<Forecast> forecast;
  private Runnable afterWork = () -> {};
  private final Tables tables = new Tables();
  private final Map<String, Map<String, Double>> numbers = new HashMap<>(); // by cell's file
  private final StageTimes times = new StageTimes();
  private final Set<String> files = new HashSet<>(Set.of("stages/.lock", SessionFiles.FILE));
  private double nested; // seconds of cells, so that a cell within a cell is not counted twice
  private boolean outOfMemory;
  private int takenOver;
  private int worked;

  /**
   * @param beforeWork run once, before the first cell that is not reused
   * @param watch over each cell that is worked on
   */
  public Ledger(RunOutput output, Runnable beforeWork, CellWatch watch) {
    this(output, Lenders.NONE, Share.ALL, beforeWork, watch);
  }

  /**
   * @param lenders other runs, whose finished cells are as good as this run's own
   * @param share cells outside of it are passed over unless they are finished
   * @param beforeWork run once, before the first cell that is not reused
   * @param watch over each cell that is worked on
   */
  public Ledger(
      RunOutput output, Lenders lenders, Share share, Runnable beforeWork, CellWatch watch) {
    this(output, lenders, share, beforeWork, watch, Optional.empty());
    watch.saves(
        stuck -> {
          failed(stuck.stage(), stuck.cell(), stuck.reason());
          writeTables();
        });
  }

  private Ledger(
      RunOutput output,
      Lenders lenders,
      Share share,
      Runnable beforeWork,
      CellWatch watch,
      Optional<Forecast> forecast) {
    this.output = output;
    this.lenders = lenders;
    this.share = share;
    this.beforeWork = beforeWork;
    this.watch = watch;
    this.forecast = forecast;
  }

  /** One that does no work and writes nothing: it only counts what would be taken over. */
  public static Ledger forecast(RunOutput output) {
    return new Ledger(
        output,
        Lenders.NONE,
        Share.ALL,
        () -> {},
        new CellWatch(),
        Optional.of(new Forecast(output)));
  }

  /** What a ledger for a forecast has counted. */
  public Forecast forecast() {
    return forecast.orElseThrow();
  }

  /**
   * Sets a check that runs after each cell that is not reused, whether the cell failed or not.
   *
   * @param check may throw, which makes the cell a failed one
   */
  public void afterWork(Runnable check) {
    afterWork = check;
  }

  /** Work that fills a cell. */
  @FunctionalInterface
  public interface Work {
    void fill(Cell cell) throws Exception;
  }

  /**
   * Does a cell's work, unless it has been done.
   *
   * @param hash of everything that the result depends on
   * @return the error if the work failed
   * @throws RunOutputException if the run directory fails, which no other cell would survive
   */
  public Optional<String> cell(String stage, String name, String hash, Work work) {
    CellName called = new CellName(stage, name);
    String file = called.file();
    if (forecast.isPresent()) {
      Optional<FinishedCell> found = FinishedCell.find(output, file, hash).cell();
      forecast.get().add(called, found.isPresent());
      found.ifPresent(cell -> take(file, cell));
      return Optional.empty();
    }
    Optional<FinishedCell> finished = find(file, hash);
    if (finished.isEmpty() && !share.has(called)) {
      return Optional.of("another session's work");
    }
    try {
      FinishedCell cell =
          finished.isPresent()
              ? finished.get()
              : work(file, hash, filled -> watch.during(stage, name, () -> work.fill(filled)));
      take(file, cell);
      times.add(stage, cell.seconds(), finished.isPresent());
      takenOver += finished.isPresent() ? 1 : 0;
      return Optional.empty();
    } catch (RunOutputException e) {
      throw e;
    } catch (Throwable e) {
      Errors.rethrowIfTheMachineFailed(e);
      return Optional.of(failed(stage, name, e));
    }
  }

  private void take(String file, FinishedCell cell) {
    files.add(file);
    files.addAll(cell.files().keySet());
    numbers.put(file, cell.numbers());
    cell.rows().forEach(tables::add);
  }

  private String failed(String stage, String name, Throwable e) {
    String error = Errors.message(e);
    LOG.debug("{} {} failed", stage, name, e);
    row(RunTable.FAILURES, new Failure(stage, name, error));
    times.add(stage, 0, false);
    outOfMemory |= Errors.isOutOfMemory(e);
    return error;
  }

  private Optional<FinishedCell> find(String file, String hash) {
    lenders.lend(output, file, hash);
    FinishedCell.Found found = FinishedCell.find(output, file, hash);
    found.damage().forEach(damage -> LOG.warn("{}; it is computed again.", damage));
    found.missing().forEach(missing -> LOG.warn("{} is missing; it is computed again.", missing));
    return found.cell();
  }

  private FinishedCell work(String file, String hash, Work work) throws Exception {
    if (worked++ == 0) {
      beforeWork.run();
    }
    long start = System.nanoTime();
    double before = nested;
    output.remove(file);
    Cell cell = new Cell(output);
    try {
      work.fill(cell);
    } finally {
      afterWork.run(); // if both throw, what the check says is the graver
    }
    double seconds = (System.nanoTime() - start) / 1e9 - (nested - before);
    nested = before + (System.nanoTime() - start) / 1e9;
    FinishedCell finished = FinishedCell.of(hash, seconds, cell);
    finished.write(output, file);
    return finished;
  }

  private static String file(String stage, String name) {
    return new CellName(stage, name).file();
  }

  /** Whether a cell would be reused. */
  public boolean isDone(String stage, String name, String hash) {
    lenders.lend(output, file(stage, name), hash);
    return FinishedCell.find(output, file(stage, name), hash).cell().isPresent();
  }

  /** Whether a cell was finished, and something that it wrote is there but has changed since. */
  public boolean isDamaged(String stage, String name, String hash) {
    return !FinishedCell.find(output, file(stage, name), hash).damage().isEmpty();
  }

  /** Keeps a finished cell and its files, though nothing asks for them in this run. */
  public void keep(String stage, String name, String hash) {
    String file = file(stage, name);
    FinishedCell.find(output, file, hash)
        .cell()
        .ifPresent(
            finished -> {
              if (files.add(file)) {
                files.addAll(finished.files().keySet());
                times.add(stage, finished.seconds(), true);
              }
            });
  }

  /** The numbers that a finished cell keeps for others; none if this run did not ask for it. */
  public Map<String, Double> numbers(String stage, String name) {
    return numbers.getOrDefault(file(stage, name), Map.of());
  }

  /** How many cells were reused from an earlier run. */
  public int takenOver() {
    return takenOver;
  }

  /** How many cells were worked on, successfully or not. */
  public int worked() {
    return worked;
  }

  /** Adds a row that belongs to no cell. */
  public <R extends Record> void row(RunTable<R> table, R row) {
    tables.add(table, List.of(row));
  }

  /**
   * Says how a table is made from the cells' rows: what is written may differ from them; what the
   * cells keep is not changed.
   */
  public <R extends Record> void publish(RunTable<R> table, UnaryOperator<List<R>> made) {
    tables.publish(table, made);
  }

  /** The rows of a table so far, as they would be written. */
  public <R extends Record> List<R> rows(RunTable<R> table) {
    return tables.of(table);
  }

  /** Whether anything failed. */
  public boolean hasFailures() {
    return tables.has(RunTable.FAILURES);
  }

  /** Whether a cell failed because memory ran out. */
  public boolean ranOutOfMemory() {
    return outOfMemory;
  }

  /**
   * Writes the tables with the rows so far. Where every cell was reused, the times are still those
   * of the session that did the work.
   */
  public void writeTables() {
    if (forecast.isPresent() || !share.isAll()) {
      return;
    }
    boolean keepsTimes = keepsTimes();
    tables.clear(RunTable.TIMINGS);
    times.rows().forEach(time -> row(RunTable.TIMINGS, time));
    for (RunTable<?> table : RunTable.all()) {
      if (table != RunTable.TIMINGS || !keepsTimes) {
        tables.write(table, output);
      }
    }
    if (!keepsTimes) {
      SessionFiles.seal(output, RunTable.TIMINGS.file());
    }
  }

  /** Whether all work was done by earlier sessions, whose times stand as they were written. */
  public boolean keepsTimes() {
    return worked == 0 && SessionFiles.isWhole(output);
  }

  /** Removes what earlier configurations left behind. Only after every cell has been asked for. */
  public void removeLeftovers() {
    FOLDERS.forEach(folder -> output.prune(folder, files));
  }
}
