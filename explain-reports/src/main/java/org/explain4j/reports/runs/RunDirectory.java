package org.explain4j.reports.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.explain4j.network.numpy.NumpyArray;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tech.tablesaw.api.Table;

/** What an experiment wrote, as {@code docs/run-directory.md} describes it. */
public record RunDirectory(Path path) {

  /**
   * @throws IOException if the directory or its {@code environment.json} is missing
   */
  public static RunDirectory of(Path path) throws IOException {
    if (!Files.isRegularFile(path.resolve("environment.json"))) {
      throw new IOException(
          "%s is no run directory: it has no environment.json.\nMaybe give the directory that 'explain run' printed."
              .formatted(path));
    }
    return new RunDirectory(path);
  }

  /**
   * A table; empty if the run has no such file or it has no rows.
   *
   * @throws IOException naming file and line if it is damaged
   */
  public Optional<Table> table(RunTable table) throws IOException {
    Path file = path.resolve(table.file());
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.empty();
    }
    return Optional.of(CsvTables.read(file, table)).filter(rows -> !rows.isEmpty());
  }

  /** Whether there is such a file. */
  public boolean has(String file) {
    return Files.exists(path.resolve(file));
  }

  /**
   * An array, read row by row: attributions may be gigabytes.
   *
   * @throws IOException naming the file if it is missing or damaged
   */
  public NumpyArray array(String file) throws IOException {
    return NumpyArray.of(path.resolve(file));
  }

  /**
   * A text file; empty if there is none.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<String> text(String file) throws IOException {
    Path text = path.resolve(file);
    return Files.exists(text) ? Optional.of(Files.readString(text)) : Optional.empty();
  }

  /**
   * A YAML or JSON file (JSON is YAML 1.2) whose top is a mapping; empty if there is none.
   *
   * @throws IOException naming file and line if it is damaged
   */
  public Map<?, ?> document(String file) throws IOException {
    Optional<String> text = text(file);
    if (text.isEmpty()) {
      return Map.of();
    }
    try {
      Object top =
          new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text.get());
      if (top instanceof Map<?, ?> map) {
        return map;
      }
      throw new IOException(path.resolve(file) + ": expected a mapping at the top.");
    } catch (YamlEngineException e) {
      throw new IOException(path.resolve(file) + ": " + e.getMessage(), e);
    }
  }
}
