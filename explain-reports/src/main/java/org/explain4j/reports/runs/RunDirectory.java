package org.explain4j.reports.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.network.numpy.NumpyArray;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tech.tablesaw.api.Table;

/**
 * What an experiment wrote, as {@code docs/run-directory.md} describes it: its tables as records,
 * its arrays and documents. Directories of older versions can be read, too; values that they lack
 * are missing.
 */
public record RunDirectory(Path path) {

  /**
   * @throws IOException if the directory or its {@code environment.json} is missing
   */
  public static RunDirectory of(Path path) throws IOException {
    if (Files.exists(path.resolve(RunTable.SETTINGS.file()))) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s is the directory of a sweep.\nGive that of one of its runs; %s lists them.",
              path,
              RunTable.SETTINGS.file()));
    }
    if (!Files.isRegularFile(path.resolve("environment.json"))) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s is not a run directory: it has no environment.json.\nMaybe give the directory that 'explain run' printed.",
              path));
    }
    return new RunDirectory(path);
  }

  /**
   * The rows of a table, in the order of its file; none if the run has no such file.
   *
   * @throws IOException naming file and line if it is damaged
   */
  public <R extends Record> List<R> rows(RunTable<R> table) throws IOException {
    Path file = path.resolve(table.file());
    return Files.exists(file) && Files.size(file) > 0 ? CsvFiles.read(file, table) : List.of();
  }

  /**
   * The same as a Tablesaw table, whose columns are named as in the file; empty if it has no rows.
   *
   * @throws IOException naming file and line if it is damaged
   */
  public <R extends Record> Optional<Table> table(RunTable<R> table) throws IOException {
    return Optional.of(table.table(rows(table))).filter(rows -> !rows.isEmpty());
  }

  /**
   * The scores that the metrics give each method.
   *
   * @throws IOException naming file and line if the table is damaged; likewise below
   */
  public List<Score> scores() throws IOException {
    return rows(RunTable.SCORES);
  }

  /** The points of the metrics' curves. */
  public List<CurvePoint> curves() throws IOException {
    return rows(RunTable.CURVES);
  }

  /**
   * Comparisons of pairs of methods of one group, and of methods with the baseline, on the same
   * images.
   */
  public List<PairedDifference> comparisons() throws IOException {
    return rows(RunTable.COMPARISONS);
  }

  /** How far each metric can be believed, by perturbed inputs and by perturbed weights. */
  public List<MetaScore> metaEvaluation() throws IOException {
    return rows(RunTable.META_EVALUATION);
  }

  /** rho of each layer, estimator, target and solver. */
  public List<LayerRho> signalQuality() throws IOException {
    return rows(RunTable.SIGNAL_QUALITY);
  }

  /** The evaluated images. */
  public List<ExplainedImage> images() throws IOException {
    return rows(RunTable.IMAGES);
  }

  /** The methods, and what became of each. */
  public List<ExplainerRun> explainers() throws IOException {
    return rows(RunTable.EXPLAINERS);
  }

  /** What failed while the rest went on. */
  public List<Failure> failures() throws IOException {
    return rows(RunTable.FAILURES);
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
   * A YAML or JSON file (JSON is YAML 1.2) whose top level is a mapping; empty if there is none.
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
      throw new IOException(path.resolve(file) + ": expected a mapping at the top level.");
    } catch (YamlEngineException e) {
      throw new IOException(path.resolve(file) + ": " + e.getMessage(), e);
    }
  }

  /** A setting of the experiment's {@code report}, as it is in the file; empty if it is absent. */
  public Optional<Object> reportSetting(String name) throws IOException {
    return document("effective.yaml").get("report") instanceof Map<?, ?> report
        ? Optional.ofNullable(report.get(name))
        : Optional.empty();
  }
}
