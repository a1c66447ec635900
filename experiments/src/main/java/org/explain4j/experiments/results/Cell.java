package org.explain4j.experiments.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.network.files.FileSum;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one cell of work writes: rows of tables, numbers for other cells, and files. */
public final class Cell {
  private final RunOutput output;
  private final Map<RunTable<?>, List<Record>> rows = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, FileSum> files = new LinkedHashMap<>();

  Cell(RunOutput output) {
    this.output = output;
  }

  /** Adds a row. */
  public <R extends Record> void row(RunTable<R> table, R row) {
    rows.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
  }

  /** Keeps a number that another cell needs ({@link Ledger#numbers}); NaN is not kept. */
  public void number(String name, double value) {
    if (!Double.isNaN(value)) {
      numbers.put(name, value);
    }
  }

  /** Writes an array, {@code .npy}. */
  public void array(String file, INDArray array) {
    files.put(file, output.write(file, array));
  }

  /**
   * Writes a file some other way.
   *
   * @throws IOException if what it is made from cannot be read
   */
  public void file(String file, RunOutput.Writer writer) throws IOException {
    files.put(file, output.written(file, writer));
  }

  Map<RunTable<?>, List<Record>> rows() {
    return rows;
  }

  Map<String, Double> numbers() {
    return numbers;
  }

  Map<String, FileSum> files() {
    return files;
  }
}
