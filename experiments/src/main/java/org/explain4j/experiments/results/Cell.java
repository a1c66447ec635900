package org.explain4j.experiments.results;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What one cell of work writes: rows of tables, and files. */
public final class Cell {
  private final RunOutput output;
  private final Map<Table, List<List<String>>> rows = new EnumMap<>(Table.class);
  private final Map<String, Long> files = new LinkedHashMap<>();

  Cell(RunOutput output) {
    this.output = output;
  }

  /**
   * Adds a row.
   *
   * @param values one for each column; null and NaN leave the field empty
   */
  public void row(Table table, Object... values) {
    rows.computeIfAbsent(table, t -> new ArrayList<>()).add(texts(table, values));
  }

  /** Writes an array, {@code .npy}. */
  public void array(String file, INDArray array) {
    output.write(file, array);
    wrote(file);
  }

  /** Notes a file that was written some other way. */
  public void wrote(String file) {
    try {
      files.put(file, Files.size(output.root().resolve(file)));
    } catch (IOException e) {
      throw new RunOutputException("Cannot read " + file, e);
    }
  }

  Map<Table, List<List<String>>> rows() {
    return rows;
  }

  Map<String, Long> files() {
    return files;
  }

  static List<String> texts(Table table, Object... values) {
    if (values.length != table.columns().size()) {
      throw new IllegalArgumentException(
          "%d values for the %d columns of %s"
              .formatted(values.length, table.columns().size(), table.file()));
    }
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      boolean missing = value == null || (value instanceof Double number && number.isNaN());
      texts.add(missing ? "" : value.toString());
    }
    return texts;
  }
}
