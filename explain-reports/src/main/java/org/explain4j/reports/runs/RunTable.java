package org.explain4j.reports.runs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tech.tablesaw.api.Table;

/**
 * A table of a run directory: a CSV file with a record for each row. The record's components are
 * the columns, in their order: {@code fitOn} is {@code fit_on}, and a component that is itself a
 * record stands for its own components. This is the whole contract between the code that writes a
 * run and the code that reads it.
 *
 * @param <R> the record
 */
public final class RunTable<R extends Record> {
  public static final RunTable<NetworkNode> NETWORK = of("network", NetworkNode.class);
  public static final RunTable<PatternCounts> PATTERNS = of("patterns", PatternCounts.class);
  public static final RunTable<LayerRho> SIGNAL_QUALITY = of("signal-quality", LayerRho.class);
  public static final RunTable<NeuronRho> SIGNAL_QUALITY_NEURONS =
      of("signal-quality-neurons", NeuronRho.class);
  public static final RunTable<RhoDifference> RHO_COMPARISONS =
      of("rho-comparisons", RhoDifference.class);
  public static final RunTable<ExplainedImage> IMAGES = of("images", ExplainedImage.class);
  public static final RunTable<ExplainerRun> EXPLAINERS = of("explainers", ExplainerRun.class);
  public static final RunTable<EstimatorMap> ESTIMATOR_MAPS =
      of("estimator-maps", EstimatorMap.class);
  public static final RunTable<LayerMap> LAYER_MAPS = of("layer-maps", LayerMap.class);
  public static final RunTable<CurvePoint> CURVES = of("curves", CurvePoint.class);
  public static final RunTable<CurveAxes> CURVE_AXES = of("curve-axes", CurveAxes.class);
  public static final RunTable<Score> SCORES = of("scores", Score.class);
  public static final RunTable<PairedDifference> COMPARISONS =
      of("comparisons", PairedDifference.class);
  public static final RunTable<MeanRank> RANKINGS = of("rankings", MeanRank.class);
  public static final RunTable<RankingTest> RANKING_TESTS = of("ranking-tests", RankingTest.class);
  public static final RunTable<MetricRank> RANKS = of("ranks", MetricRank.class);
  public static final RunTable<MetricAgreement> METRIC_AGREEMENT =
      of("metric-agreement", MetricAgreement.class);
  public static final RunTable<SweptRun> SETTINGS = of("settings", SweptRun.class);
  public static final RunTable<MetricNote> NOTES = of("notes", MetricNote.class);
  public static final RunTable<MetaScore> META_EVALUATION = of("meta-evaluation", MetaScore.class);
  public static final RunTable<RecoveredSignal> SIGNAL_RECOVERY =
      of("signal-recovery", RecoveredSignal.class);
  public static final RunTable<RecoveryWeights> SIGNAL_RECOVERY_WEIGHTS =
      of("signal-recovery-weights", RecoveryWeights.class);
  public static final RunTable<ClaimStatement> CLAIMS = of("claims", ClaimStatement.class);
  public static final RunTable<Accuracy> ACCURACY = of("accuracy", Accuracy.class);
  public static final RunTable<Warning> WARNINGS = of("warnings", Warning.class);
  public static final RunTable<StageTime> TIMINGS = of("timings", StageTime.class);
  public static final RunTable<Failure> FAILURES = of("failures", Failure.class);

  private static final List<RunTable<?>> ALL =
      List.of(
          NETWORK,
          PATTERNS,
          SIGNAL_QUALITY,
          SIGNAL_QUALITY_NEURONS,
          RHO_COMPARISONS,
          IMAGES,
          EXPLAINERS,
          ESTIMATOR_MAPS,
          LAYER_MAPS,
          CURVES,
          CURVE_AXES,
          SCORES,
          COMPARISONS,
          RANKINGS,
          RANKING_TESTS,
          RANKS,
          METRIC_AGREEMENT,
          SETTINGS,
          NOTES,
          META_EVALUATION,
          SIGNAL_RECOVERY,
          SIGNAL_RECOVERY_WEIGHTS,
          CLAIMS,
          ACCURACY,
          WARNINGS,
          TIMINGS,
          FAILURES);

  private final String name;
  private final RecordColumns<R> columns;

  private RunTable(String name, RecordColumns<R> columns) {
    this.name = name;
    this.columns = columns;
  }

  private static <R extends Record> RunTable<R> of(String name, Class<R> row) {
    return new RunTable<>(name, new RecordColumns<>(row));
  }

  /** Every table that a run may have. */
  public static List<RunTable<?>> all() {
    return ALL;
  }

  /** The table of a name, if there is one. */
  public static Optional<RunTable<?>> named(String name) {
    return ALL.stream().<RunTable<?>>map(t -> t).filter(t -> t.name.equals(name)).findFirst();
  }

  /** Its name: {@code signal-quality}. */
  public String name() {
    return name;
  }

  /** Its file in the run directory. */
  public String file() {
    return name + ".csv";
  }

  /** The header of its file. */
  public List<String> columns() {
    return columns.columns().stream().map(RecordColumns.Column::name).toList();
  }

  /** A row as the fields of its line; a missing value is an empty field. */
  public List<String> fields(R row) {
    return columns.fields(row);
  }

  /**
   * The row that a line's fields stand for.
   *
   * @param fields one for each column
   * @throws IllegalArgumentException if a field is not of its column's kind; the message names both
   */
  public R row(List<String> fields) {
    return columns.record(fields);
  }

  /** The file's text: header and rows. */
  public String csv(List<R> rows) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setRecordSeparator("\n")
            .setHeader(columns().toArray(String[]::new))
            .get();
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (R row : rows) {
        printer.printRecord(fields(row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Rows as a Tablesaw table, whose columns are named as in the file. */
  public Table table(List<R> rows) {
    return ResultTables.of(this, rows);
  }

  RecordColumns<R> recordColumns() {
    return columns;
  }

  @Override
  public String toString() {
    return file();
  }
}
